/** The daemon's answers as text for people: aligned, plain ASCII, colour only on a terminal. */
package io.kneard.ctl.show;
