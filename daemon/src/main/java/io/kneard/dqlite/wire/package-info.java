/** The messages of dqlite's wire protocol: put together and taken apart, without any I/O. */
package io.kneard.dqlite.wire;
