package io.kneard.daemon;

import io.kneard.supervisor.Order;
import io.kneard.supervisor.SupervisorLoop;

/** Hands each order of the supervisor to whoever carries it out; never blocks. */
record Orders(NeardOrders neard, LockOrders lock, VolumeOrder volume)
    implements SupervisorLoop.Effects {

  /** Has the volume that goes with the validator attached, or detached. */
  interface VolumeOrder {
    void want(boolean attached);
  }

  @Override
  public void perform(Order order) {
    if (order instanceof Order.StartNeard start) {
      neard.start(start);
    } else if (order instanceof Order.TermNeard term) {
      neard.terminate(term);
    } else if (order instanceof Order.KillNeard kill) {
      neard.kill(kill);
    } else if (order instanceof Order.SetDeadline deadline) {
      neard.deadline(deadline);
    } else if (order instanceof Order.AskStatus) {
      neard.askStatus();
    } else if (order instanceof Order.InsertKey insert) {
      neard.insertKey(insert);
    } else if (order instanceof Order.RemoveKey) {
      neard.removeKey();
    } else if (order instanceof Order.CleanSlot) {
      neard.cleanSlot();
    } else if (order instanceof Order.ForgetPlannedStop) {
      neard.forgetPlannedStop();
    } else if (order instanceof Order.OpenSession open) {
      lock.open(open);
    } else if (order instanceof Order.RenewSession renew) {
      lock.renew(renew);
    } else if (order instanceof Order.AcquireLock acquire) {
      lock.acquire(acquire);
    } else if (order instanceof Order.ReleaseLock release) {
      lock.release(release);
    } else if (order instanceof Order.DestroySession destroy) {
      lock.destroy(destroy);
    } else if (order instanceof Order.WatchLock watch) {
      lock.watch(watch);
    } else if (order instanceof Order.AttachVolume) {
      volume.want(true);
    } else if (order instanceof Order.DetachVolume) {
      volume.want(false);
    } else {
      throw new IllegalStateException("nobody carries out " + order);
    }
  }
}
