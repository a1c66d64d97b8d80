package ai.qenex.ledger.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.HolidayCalendar;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.CloseBusinessDate;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.engine.BusinessDay;
import ai.qenex.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The bank's days. Turning the day is an instruction like any other; each attempt has an id of its own, and what counts
 * is how the day stands afterwards, so that doing it again changes nothing.
 */
@Singleton
@Local(BusinessDays.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BusinessDaysBean implements BusinessDays {

  private final UuidV7 ids = new UuidV7(Clock.systemUTC(), new SecureRandom());

  @EJB private LedgerEngineBean ledger;

  @Override
  public BusinessDate current() {
    return open().last();
  }

  @Override
  public SortedSet<BusinessDate> open() {
    var open = new TreeSet<BusinessDate>();
    days().values().stream().filter(BusinessDay::isOpen).map(BusinessDay::date).forEach(open::add);
    return open;
  }

  @Override
  public boolean isClosed(BusinessDate date) {
    BusinessDay day = days().get(date);
    return day != null && !day.isOpen();
  }

  @Override
  public Optional<Instant> cutOffOf(BusinessDate date) {
    return dayAfter(date).map(BusinessDay::openedAt);
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  public BusinessDate openNext(BusinessDate date) {
    Optional<BusinessDay> next = dayAfter(date);
    if (next.isPresent() && days().containsKey(date)) {
      return next.get().date();
    }
    if (!open().contains(date)) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE, "business date " + date + " is not open");
    }
    ledger.engine().submit(new OpenBusinessDate(ids.next(), HolidayCalendar.WEEKENDS.next(date)));
    return dayAfter(date).orElseThrow().date();
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  public void close(BusinessDate date) {
    if (isClosed(date)) {
      return;
    }
    SortedSet<BusinessDate> open = open();
    if (open.size() > 1 && open.first().equals(date)) {
      ledger.engine().submit(new CloseBusinessDate(ids.next(), date));
    }
    if (!isClosed(date)) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE,
          "business date " + date + " cannot be closed while " + open() + " are open");
    }
  }

  private SortedMap<BusinessDate, BusinessDay> days() {
    return ledger.state().committedDays();
  }

  private Optional<BusinessDay> dayAfter(BusinessDate date) {
    return days().values().stream().filter(day -> day.date().isAfter(date)).findFirst();
  }
}
