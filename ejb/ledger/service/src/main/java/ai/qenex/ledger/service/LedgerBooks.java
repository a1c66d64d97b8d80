package ai.qenex.ledger.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Books;
import ai.qenex.ledger.GlAccount;
import ai.qenex.ledger.service.DaySums.Life;
import ai.qenex.ledger.service.DaySums.Moved;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The books from chart and day sums, through the data source in the caller's transaction. */
final class LedgerBooks implements Books {

  private final DataSource database;
  private final Supplier<BusinessDate> today;

  /** @param today the current business date */
  LedgerBooks(DataSource database, Supplier<BusinessDate> today) {
    this.database = database;
    this.today = today;
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    try (Connection connection = database.getConnection()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the books cannot be read", e);
    }
  }

  @Override
  public List<GlAccount> chart() {
    return ask(connection -> new ChartStore(connection).all());
  }

  @Override
  public void add(GlAccount line) {
    ask(connection -> {
      new ChartStore(connection).add(line);
      return line;
    });
  }

  @Override
  public void change(GlAccount line) {
    ask(connection -> {
      new ChartStore(connection).change(line);
      return line;
    });
  }

  @Override
  public TrialBalance trialBalance(BusinessDate date, Asset asset) {
    return ask(connection -> {
      var sums = new DaySums(connection);
      sums.sumClosed();
      Life life = sums.lifeOf(date);
      if (life == Life.NEVER_OPENED) {
        throw new QenexException(ErrorCode.NOT_FOUND, "business date " + date + " was never opened");
      }
      return new TrialBalance(date, life == Life.CLOSED, asset, lines(sums.before(date, asset), sums.of(date, asset)));
    });
  }

  private static List<Line> lines(SortedMap<String, Moved> before, SortedMap<String, Moved> day) {
    var codes = new TreeSet<>(before.keySet());
    codes.addAll(day.keySet());
    var lines = new ArrayList<Line>();
    for (String code : codes) {
      Moved past = before.getOrDefault(code, Moved.NOTHING);
      Moved now = day.getOrDefault(code, Moved.NOTHING);
      BigInteger opening = past.credits().subtract(past.debits());
      if (opening.signum() != 0 || day.containsKey(code)) {
        lines.add(new Line(code, opening, now.debits(), now.credits()));
      }
    }
    return lines;
  }

  @Override
  public GlBalance balance(String code, Asset asset, Optional<BusinessDate> date) {
    List<GlAccount> chart = chart();
    GlAccount line = chart.stream().filter(known -> known.code().equals(code)).findFirst()
        .orElseThrow(() -> new QenexException(ErrorCode.NOT_FOUND, "there is no GL code " + code));
    TrialBalance balance = trialBalance(date.orElseGet(today), asset);
    Map<String, BigInteger> totals = totals(chart, balance);
    BigInteger own = balance.lines().stream().filter(found -> found.glCode().equals(code)).map(Line::closing)
        .findFirst().orElse(BigInteger.ZERO);
    List<Below> below = chart.stream().filter(child -> child.parent().equals(Optional.of(code)))
        .map(child -> new Below(child, totals.getOrDefault(child.code(), BigInteger.ZERO))).toList();
    return new GlBalance(line, balance.date(), asset, own, totals.getOrDefault(code, BigInteger.ZERO), below);
  }

  /** Adds each line's closing balance to all lines above it. */
  private static Map<String, BigInteger> totals(List<GlAccount> chart, TrialBalance balance) {
    Map<String, Optional<String>> parents = new HashMap<>();
    chart.forEach(line -> parents.put(line.code(), line.parent()));
    Map<String, BigInteger> totals = new HashMap<>();
    for (Line line : balance.lines()) {
      Optional<String> at = Optional.of(line.glCode());
      for (int depth = 0; at.isPresent() && depth <= chart.size(); depth++) {
        totals.merge(at.get(), line.closing(), BigInteger::add);
        at = parents.getOrDefault(at.get(), Optional.empty());
      }
    }
    return totals;
  }
}
