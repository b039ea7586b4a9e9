/** kneardctl: one class a command, and what they have in common. */
package io.kneard.ctl;
