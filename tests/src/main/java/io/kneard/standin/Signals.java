package io.kneard.standin;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system, each handled on a Java thread. The JDK has them in a class that
 * the compiler warns about, so it is reached by name; a handler set through the C library would run
 * Java inside the signal.
 */
final class Signals {
  private Signals() {}

  /** Runs {@code action} whenever the signal, named without SIG, arrives. */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                  return null;
                }
                return method.invoke(action, arguments);
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("SIG" + name + " cannot be handled", e);
    }
  }
}
