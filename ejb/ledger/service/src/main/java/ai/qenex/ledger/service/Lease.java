package ai.qenex.ledger.service;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Whose turn it is to lead. It keeps two nodes from both trying; that a node which thinks wrongly it leads cannot write
 * is the work of the fence.
 */
interface Lease {

  /** Takes the lease if nobody has it. Answers whether this node has it now. */
  boolean claim() throws SQLException;

  /**
   * Whether nobody else can have it yet: what is in memory is the latest. False for a node that was paused, from its
   * first step on.
   */
  boolean isHeld();

  /** Whether somebody else has it for certain, or had it meanwhile. */
  boolean isLost();

  /** Gives it back, so that another need not wait until it runs out. */
  void release();

  /** The name of the node that has it, as last heard; empty if nobody or unknown. */
  Optional<String> holder();
}
