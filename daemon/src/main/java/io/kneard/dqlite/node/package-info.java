/**
 * What runs inside a node's process: the library, its data folder, and every connection to it.
 *
 * <p>{@link io.kneard.dqlite.node.NodeMain} is the program. {@link io.kneard.dqlite.node.OwnedHome}
 * and {@link io.kneard.dqlite.node.LogFiles} stand before the data, {@link
 * io.kneard.dqlite.node.NetworkDoor} and {@link io.kneard.dqlite.node.LocalDoor} before the
 * library, {@link io.kneard.dqlite.node.Network} makes the connections it asks for.
 */
package io.kneard.dqlite.node;
