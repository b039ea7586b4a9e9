/**
 * JSON with no library behind it, so that the small programs of the tests start fast and stay
 * small.
 */
package io.kneard.json;
