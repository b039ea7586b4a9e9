package io.kneard.ctl.api.mesh;

import java.util.List;

/**
 * A change of a volume that goes on.
 *
 * @param text what it is, how far it is and what it waits for, in words
 * @param steps it is made of, by their names
 * @param step the present one of them, from 0
 */
public record TransitionView(String text, List<String> steps, int step) {}
