package ai.qenex.web.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.ConvertCurrency;
import ai.qenex.ledger.ExchangeRate;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LinkedInstructions;
import ai.qenex.ledger.Portion;
import ai.qenex.ledger.Product;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.BrokenCsvException;
import ai.qenex.web.json.CsvRecords;
import ai.qenex.web.json.JsonBodyReader;
import ai.qenex.web.json.JsonPlace;
import ai.qenex.web.json.StrictJson;
import ai.qenex.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a fuzzer calls: whatever bytes a client sends, a reader of the ledger's API answers values or a refusal that the
 * client is told, and nothing else. The first byte chooses the reader.
 *
 * <p>
 * {@link LedgerBodiesFuzzTest} runs it on earlier finds in every build; {@code mvn -Pfuzz verify -pl web/api} looks for
 * new ones with Jazzer.
 */
public final class LedgerBodiesFuzz {

  private static final int MAX_ITEMS = 100;
  private static final Asset EUR = new Asset("EUR", 2);
  private static final Asset DEEP = new Asset("DEEP", 38);

  /** What stands in the first byte, from {@code '0'} on. */
  private static final List<Reader> READERS = List.of(LedgerBodiesFuzz::one, LedgerBodiesFuzz::array,
      body -> stream(new JsonLines(body)), body -> stream(new CsvTransfers(body)), LedgerBodiesFuzz::allocation,
      body -> JsonBodyReader.read(OpenAccountRequest.class, body),
      body -> JsonBodyReader.read(TransactionRequest.class, body), JsonBodyReader::readTexts,
      body -> JsonBodyReader.readList(TransferRequest.class, body, 1 << 16), LedgerBodiesFuzz::texts,
      body -> JsonBodyReader.read(PlaceHoldRequest.class, body),
      body -> JsonBodyReader.read(ConversionRequest.class, body),
      body -> JsonBodyReader.readOptional(CaptureRequest.class, body),
      body -> JsonBodyReader.readOptional(ReversalRequest.class, body),
      body -> JsonBodyReader.read(LimitRequest.class, body), body -> JsonBodyReader.read(SweepRequest.class, body),
      LedgerBodiesFuzz::linked, LedgerBodiesFuzz::conversion, LedgerBodiesFuzz::rates);

  private interface Reader {
    void read(InputStream body) throws IOException;
  }

  private LedgerBodiesFuzz() {}

  /** The name that fuzzers call. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    try {
      READERS.get(Math.floorMod(input[0] - '0', READERS.size()))
          .read(new ByteArrayInputStream(input, 1, input.length - 1));
    } catch (ProblemException refusal) {
      requireClientsFault(refusal);
    } catch (BrokenCsvException end) {
      require(end.line() >= 1, "a line is counted from 1");
    }
  }

  /** The hot reader and the general one agree. */
  private static void one(InputStream body) throws IOException {
    byte[] bytes = body.readAllBytes();
    Optional<TransferRequest> hot = answer(() -> TransferReader.readOne(bytes, 0, bytes.length));
    Optional<TransferRequest> general =
        answer(() -> JsonBodyReader.read(TransferRequest.class, new ByteArrayInputStream(bytes)));
    require(hot.equals(general), () -> "hot " + hot + ", general " + general);
  }

  private interface Answer<T> {
    T get() throws IOException;
  }

  private static <T> Optional<T> answer(Answer<T> answer) throws IOException {
    try {
      return Optional.of(answer.get());
    } catch (ProblemException refusal) {
      requireClientsFault(refusal);
      return Optional.empty();
    }
  }

  private static void array(InputStream body) throws IOException {
    BatchIntake intake = intake();
    List<TransferRequest> requests = TransferReader.readAll(body, MAX_ITEMS);
    require(requests.size() <= MAX_ITEMS, "more items than asked for");
    for (int i = 0; i < requests.size(); i++) {
      intake.take("/" + i, requests.get(i));
    }
  }

  /** Every result of a stream can be read again, in both forms. */
  private static void stream(TransferSource source) throws IOException {
    BatchIntake intake = intake();
    var items = new ArrayList<BatchItem>();
    long number = 0;
    while (source.next()) {
      require(source.number() > number, "lines count up");
      number = source.number();
      Optional<BatchItem> item = answer(() -> {
        try {
          return source.take(intake);
        } catch (ProblemException malformed) {
          requireClientsFault(malformed);
          return new BatchItem.Malformed(malformed.problem());
        }
      });
      if (item.get() instanceof BatchItem.Ready ready) {
        items.add(new BatchItem.Unresolved(ready.order().id(), "READY"));
      } else {
        items.add(item.get());
      }
    }
    List<BatchResult> results = BatchPosting.results(items, List.of());
    var rows = new CsvRecords(new ByteArrayInputStream(ResultForm.CSV.write(results)));
    String[] lines = new String(ResultForm.NDJSON.write(results), StandardCharsets.UTF_8).split("\n");
    for (int i = 0; i < results.size(); i++) {
      require(rows.next() && rows.fields() == 6, "a row of results has six fields");
      require(StrictJson.objects().readTree(lines[i]).path("status").isTextual(), "a result has a status");
    }
    require(!rows.next(), "one row per result");
  }

  private static void allocation(InputStream body) throws IOException {
    JsonPlace place = JsonBodyReader.readPlace(body);
    var reader = new AllocationReader(EUR, (path, name) -> new AccountNumber(1 + Math.floorMod(name.hashCode(), 9)));
    answer(() -> reader.source(place.at("source")));
    answer(() -> reader.destination(place.at("destination")));
    answer(() -> reader.amount(place.at("amount")));
  }

  /** What was read as one can be one instruction. */
  private static void linked(InputStream body) throws IOException {
    List<LinkedReader.Item> items = new LinkedReader(new AnythingGoes(), index -> new UUID(1, index))
        .read(JsonBodyReader.readPlace(body, 1 << 16));
    var one = new LinkedInstructions(items.stream().map(LinkedReader.Item::instruction).toList());
    require(one.ids().size() == items.size(), "one line per item");
  }

  private static final class AnythingGoes implements LinkedReader.Known {

    @Override
    public Asset asset(String path, String code) {
      return code.equals("DEEP") ? DEEP : EUR;
    }

    @Override
    public AccountNumber account(String path, String name) {
      return new AccountNumber(1 + Math.floorMod(name.hashCode(), 9));
    }

    @Override
    public Asset assetOfHold(String path, String id) {
      return EUR;
    }

    @Override
    public TransferPosted transfer(String path, String id) {
      return new TransferPosted(1, UUID.fromString("01912d68-783e-7a03-8467-5661c1243ad4"), Instant.EPOCH,
          BusinessDate.parse("2027-03-01"), LocalDate.EPOCH, new AccountNumber(1), new AccountNumber(2),
          new Money(Amount.of(1), EUR), Amount.of(1), Amount.of(2), Optional.empty());
    }
  }

  private static void conversion(InputStream body) throws IOException {
    ConversionRequest request = JsonBodyReader.read(ConversionRequest.class, body);
    ConvertCurrency asked =
        ConversionsResource.instruction(new UUID(1, 2), request, account(1, EUR), account(2, DEEP));
    require(asked.rate().value().signum() > 0, "a rate is above zero");
    require(ExchangeRate.parse(asked.rate().toString()).equals(asked.rate()), "a rate is read as it is written");
  }

  private static Account account(long number, Asset asset) {
    return new Account(new AccountNumber(number), new UUID(3, number), "0x00", Optional.empty(), Optional.empty(),
        asset,
        "Ada", Product.CURRENT, AccountStatus.OPEN, Optional.of(Amount.ZERO));
  }

  /** Rates and spreads are read exactly, or refused. */
  private static void rates(InputStream body) throws IOException {
    String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
    answer(() -> Values.build("/rate", () -> ExchangeRate.parse(text))).ifPresent(
        rate -> require(rate.value().compareTo(new BigDecimal(text)) == 0, () -> text + " was read as " + rate));
    answer(() -> Values.build("/spread", () -> Portion.parse(text))).ifPresent(portion -> require(
        Portion.parse(portion.toString()).equals(portion), () -> portion + " is not read as it is written"));
  }

  private static void texts(InputStream body) throws IOException {
    String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
    for (Answer<?> answer : List.<Answer<?>>of(() -> Values.uuid("", text), () -> Values.date("", text),
        () -> Values.instant("", text), () -> Values.text("", text, 140), () -> Values.cursor(text),
        () -> Values.pageLimit(text), () -> Values.positiveMoney("", text, EUR),
        () -> Values.positiveMoney("", text, DEEP), () -> Values.limit("", text, DEEP),
        () -> AccountNames.refOf(text), () -> IdempotencyKey.idOf(text, "client"))) {
      answer(answer);
    }
  }

  private static BatchIntake intake() {
    return new BatchIntake(new KnownNames() {
      @Override
      Optional<Holder> holder(String name) {
        return name.length() == 1 ? Optional.of(new Holder(new AccountNumber(1 + name.charAt(0)), new UUID(0, 1),
            Reserve.NONE, false)) : Optional.empty();
      }

      @Override
      Optional<Asset> asset(String code) {
        return code.equals("EUR") ? Optional.of(EUR) : code.equals("DEEP") ? Optional.of(DEEP) : Optional.empty();
      }
    }, Optional.of(new UUID(1, 2)), null, (money, internal) -> Optional.empty());
  }

  private static void requireClientsFault(ProblemException refusal) {
    int status = refusal.problem().status();
    require(status >= 400 && status < 500, () -> "a refusal with " + status);
    require(refusal.problem().status() != 400 || refusal.problem().figures().containsKey("path"),
        () -> "a refusal without its place: " + refusal.getMessage());
  }

  private static void require(boolean holds, String law) {
    require(holds, () -> law);
  }

  private static void require(boolean holds, java.util.function.Supplier<String> law) {
    if (!holds) {
      throw new AssertionError(law.get());
    }
  }
}
