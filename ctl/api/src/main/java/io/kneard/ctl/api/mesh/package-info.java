/** What is asked and answered about replicated volumes. */
package io.kneard.ctl.api.mesh;
