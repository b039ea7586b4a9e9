/** Certificates and keys in PEM files, and connections that use them. Knows nothing of kneard. */
package io.kneard.tls;
