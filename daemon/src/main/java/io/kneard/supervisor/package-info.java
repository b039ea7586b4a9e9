/**
 * The state machine of one host (spec/failover.md): facts come in as events, orders go out.
 *
 * <p>{@link io.kneard.supervisor.Supervisor#decide} is pure: no I/O, no clock, no thread. Times are
 * nanoseconds on the clock of {@code /proc/uptime}, which goes on while the host is suspended.
 * {@link io.kneard.supervisor.SupervisorLoop} is the one thread that feeds it and has the orders
 * carried out.
 *
 * <p>What never may happen, and what holds it:
 *
 * <ul>
 *   <li>A key without a fence: {@link io.kneard.supervisor.Order.InsertKey} and a start as
 *       validator carry the deadline, and are refused without one in the future.
 *   <li>Signing on without a renewal: the deadline is derived from the sending of the last
 *       acknowledged renewal, nowhere else.
 *   <li>A lock released with the key still in the process: the only way to a release leads through
 *       {@link io.kneard.supervisor.Key.Out}.
 *   <li>A session that is used after an attempt to release it, whose delayed arrival could free the
 *       lock again: a session serves one holding of the lock at most.
 * </ul>
 */
package io.kneard.supervisor;
