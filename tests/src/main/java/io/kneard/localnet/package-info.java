/** The program {@code tests/localnet}: a failover to be seen, or a script of one to be judged. */
package io.kneard.localnet;
