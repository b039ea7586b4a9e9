/** Manual pages and shell completion, made from the commands themselves when they are packaged. */
package io.kneard.ctl.manual;
