/**
 * The cluster's API: what members ask each other over its port, and {@code kneardctl} over the
 * control socket. The names of the JSON fields are those of the system whose states it has.
 */
package io.kneard.ctl.api.cluster;
