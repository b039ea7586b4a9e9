/** dqlite from Java: a replicated SQL database whose node runs in a process of its own. */
package io.kneard.dqlite;
