/** The daemon's main program: the wiring of everything, and its orderly end. */
package io.kneard.daemon;
