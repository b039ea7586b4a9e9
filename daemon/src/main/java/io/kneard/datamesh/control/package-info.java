/**
 * The datamesh in the cluster's database: what is stored of volumes and hosts, and the controller
 * that lets the engine decide and stores what comes of it.
 *
 * <p>{@link io.kneard.datamesh.control.MeshStore} is the only one that knows the tables, {@link
 * io.kneard.datamesh.control.Turnover} the pure function from one stored volume to the next, {@link
 * io.kneard.datamesh.control.Controller} the loop around it on the host that leads.
 */
package io.kneard.datamesh.control;
