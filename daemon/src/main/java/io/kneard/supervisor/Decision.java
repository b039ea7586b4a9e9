package io.kneard.supervisor;

import java.util.List;

/**
 * What follows from an event.
 *
 * @param next everything known after it
 * @param orders what to do, in this order
 */
public record Decision(Supervision next, List<Order> orders) {}
