/**
 * Which replicas a volume should have, where, and what is asked of the engine for it.
 *
 * <p>For each look at a volume: read a {@link io.kneard.datamesh.intent.Scene}, let {@link
 * io.kneard.datamesh.intent.Planner#plan} make an {@link io.kneard.datamesh.intent.Intention} of
 * it, let the engine decide about its {@link
 * io.kneard.datamesh.intent.Intention#picture(io.kneard.datamesh.intent.Scene) picture}, and store
 * the intention's places and the engine's volume together. A place is dropped when the engine
 * orders to forget its replica. Who is to leave is worked out anew each time: a host that comes
 * back takes nothing back that was stored.
 */
package io.kneard.datamesh.intent;
