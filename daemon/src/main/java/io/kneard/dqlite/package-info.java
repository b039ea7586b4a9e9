/**
 * dqlite from Java: SQLite replicated with Raft, its node in a process of its own.
 *
 * <pre>
 * this process                     the node's process               other hosts
 *   SupervisedNode ── starts ────▶   NodeMain
 *   DqliteClient ─ dqlite.sock ──▶   LocalDoor ─┬─ libdqlite
 *                                               └─ Network ─ TLS ──▶ NetworkDoor ─ libdqlite
 * </pre>
 *
 * <p>What a program uses, from the top:
 *
 * <ul>
 *   <li>{@link io.kneard.dqlite.SupervisedNode} runs the node that {@link
 *       io.kneard.dqlite.NodeSettings} describes, and tells its {@link io.kneard.dqlite.NodeState}.
 *   <li>{@link io.kneard.dqlite.DqliteClient} runs statements and transactions on whichever node
 *       leads, and {@link io.kneard.dqlite.NodeCalls} change the cluster.
 *   <li>{@link io.kneard.dqlite.Connection} is one connection to one node, for tools.
 *   <li>{@link io.kneard.dqlite.DatabaseIdentity} tells after a start whether it is still the same
 *       database; {@link io.kneard.dqlite.Backups} and {@link io.kneard.dqlite.NodeTools} are for
 *       when it is not.
 * </ul>
 *
 * <p>Failures are {@link io.kneard.dqlite.DqliteException}s, whose type says what is known of the
 * request's effect. The one to take care of is {@link io.kneard.dqlite.OutcomeUnknown}.
 *
 * <p>The protocol is dqlite's own, documented at dqlite.io/docs/reference/wire-protocol.
 */
package io.kneard.dqlite;
