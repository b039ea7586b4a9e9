package io.kneard.standin;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. The JDK has them in a class that the compiler warns about, so it
 * is reached by name.
 */
final class Signals {
  private Signals() {}

  /** Runs {@code action} in a thread of its own whenever the signal arrives. */
  static void on(String signal, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      type.getMethod("handle", type, handlerType)
          .invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no handler for SIG" + signal, e);
    }
  }
}
