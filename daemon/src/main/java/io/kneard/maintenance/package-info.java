/** When to stop neard: pure, so that the choice can be tested for every window and head. */
package io.kneard.maintenance;
