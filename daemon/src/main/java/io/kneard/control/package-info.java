/**
 * The control socket: HTTP with JSON over a Unix socket, for {@code kneardctl} and {@code curl} on
 * the same host.
 *
 * <p>{@link io.kneard.control.Operations} is what can be asked for, {@link
 * io.kneard.control.ControlRoutes} its form in HTTP, {@link io.kneard.control.ControlSocket} the
 * file that the socket is, {@link io.kneard.control.Callers} who may come in.
 */
package io.kneard.control;
