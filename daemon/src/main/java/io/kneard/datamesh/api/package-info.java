/**
 * What administrators ask of volumes, on the control socket: {@link
 * io.kneard.datamesh.api.MeshHandler} is its form in HTTP, {@link
 * io.kneard.datamesh.api.VolumeOrders} what it does, {@link io.kneard.datamesh.api.Views} what it
 * shows.
 */
package io.kneard.datamesh.api;
