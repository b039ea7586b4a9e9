/** neard: its process and fence, its HTTP interface, its configuration file and its key. */
package io.kneard.neard;
