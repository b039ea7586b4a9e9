/**
 * What operators ask of a running daemon, one class for each kind of request. None of them changes
 * a state: they look, and they tell the supervisor what is wanted.
 */
package io.kneard.operations;
