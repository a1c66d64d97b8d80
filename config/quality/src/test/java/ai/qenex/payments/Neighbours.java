package ai.qenex.payments;

import ai.qenex.ledger.Meeting;
import ai.qenex.ledger.inner.Hidden;
import ai.qenex.ledger.service.HiddenBean;
import ai.qenex.payments.iso20022.Message;
import java.sql.Connection;

/** Good and bad ways for payments to know others. */
public class Neighbours {

  /** As it should be. */
  public static class Polite {
    Meeting[] meetings;
  }

  /** Reaches into another core. */
  public static class Curious {
    Hidden[] hidden;
  }

  /** Calls a bean of another context by its class. */
  public static class Intruder {
    HiddenBean bean;
  }

  /** Decides on a message format. */
  public static class FormatBound {
    Message message;
  }

  /** Decides on a database. */
  public static class DatabaseBound {
    Connection connection;
  }
}
