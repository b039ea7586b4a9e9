/** The leader lock on a session of Consul (facts: measured on 1.8.7). */
package io.kneard.lock.consul;
