package ai.qenex.ledger.conformance;

import static ai.qenex.ledger.conformance.World.ASSETS;
import static ai.qenex.ledger.conformance.World.EUR;
import static ai.qenex.ledger.conformance.World.TODAY;
import static ai.qenex.ledger.conformance.World.USD;
import static ai.qenex.ledger.conformance.World.holdOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Rounding;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Allocate;
import ai.qenex.ledger.CaptureHold;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.CloseBusinessDate;
import ai.qenex.ledger.ConversionQuote.Fixed;
import ai.qenex.ledger.ConvertCurrency;
import ai.qenex.ledger.Destination;
import ai.qenex.ledger.ExchangeRate;
import ai.qenex.ledger.ExpireHold;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LinkedInstructions;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.Overdraft;
import ai.qenex.ledger.PlaceHold;
import ai.qenex.ledger.Portion;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.RegisterAsset;
import ai.qenex.ledger.ReleaseHold;
import ai.qenex.ledger.ReverseTransfer;
import ai.qenex.ledger.Share;
import ai.qenex.ledger.Source;
import ai.qenex.ledger.Sweep;
import ai.qenex.ledger.TransferOrder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ledger's own instructions keep what the ledger asks of everybody's. */
class BuiltInInstructionsTest {

  private static final InstructionKit.Trial TRIAL = new InstructionKit.Trial(4711, 60, System::nanoTime);

  static List<Named<Contribution>> contributions() {
    return List.of(
        Named.of("PostTransfers", (world, random, id) -> PostTransfers.of(order(world, random, id))),
        Named.of("PostTransfers, linked", (world, random, id) -> new PostTransfers(IntStream.range(0, 3)
            .mapToObj(line -> order(world, random, UuidV7.derived(id, "line " + line))).toList())),
        Named.of("OpenAccount", BuiltInInstructionsTest::opening),
        Named.of("ChangeAccount", BuiltInInstructionsTest::change),
        Named.of("OpenBusinessDate", (world, random, id) -> new OpenBusinessDate(id, date(random))),
        Named.of("CloseBusinessDate", (world, random, id) -> new CloseBusinessDate(id, date(random))),
        Named.of("PlaceHold", BuiltInInstructionsTest::hold),
        Named.of("ReleaseHold", (world, random, id) -> new ReleaseHold(id, anyHold(world, random))),
        Named.of("ExpireHold", (world, random, id) -> new ExpireHold(anyHold(world, random))),
        Named.of("CaptureHold", BuiltInInstructionsTest::capture),
        Named.of("ReverseTransfer", (world, random, id) -> new ReverseTransfer(id,
            UuidV7.derived(id, "transfer " + random.nextInt(9)), world.anyText(random), anyDate(random))),
        Named.of("Allocate", BuiltInInstructionsTest::allocation),
        Named.of("RegisterAsset", (world, random, id) -> new RegisterAsset(id,
            new Asset(random.nextInt(4) == 0 ? "EUR" : "A" + random.nextInt(99), random.nextInt(39)))),
        Named.of("Sweep", BuiltInInstructionsTest::sweep),
        Named.of("ConvertCurrency", BuiltInInstructionsTest::conversion),
        Named.of("LinkedInstructions", BuiltInInstructionsTest::linked));
  }

  @ParameterizedTest
  @MethodSource("contributions")
  void conform(Contribution contribution) {
    assertEquals(List.of(), InstructionKit.findings(contribution, TRIAL));
  }

  private static Optional<LocalDate> anyDate(RandomGenerator random) {
    return random.nextBoolean() ? Optional.empty() : Optional.of(TODAY.date().plusDays(random.nextInt(-9, 9)));
  }

  private static BusinessDate date(RandomGenerator random) {
    return new BusinessDate(TODAY.date().plusDays(random.nextInt(-3, 4)));
  }

  private static TransferOrder order(World world, RandomGenerator random, UUID id) {
    Asset asset = world.anyAsset(random);
    return new TransferOrder(id, world.anyAccount(asset, random),
        world.anyAccount(random.nextInt(9) == 0 ? EUR : asset, random), world.anyMoney(asset, random),
        world.anyText(random), anyDate(random), random.nextBoolean() ? Optional.empty() : Optional.of(date(random)));
  }

  private static OpenAccount opening(World world, RandomGenerator random, UUID id) {
    Product product = Product.values()[random.nextInt(3)];
    return new OpenAccount(id, random.nextInt(9) == 0 ? "NIX" : world.anyAsset(random).code(),
        "Owner " + random.nextInt(99), product,
        random.nextBoolean() ? Optional.empty() : Optional.of("alias" + random.nextInt(99) + ".EUR"),
        random.nextBoolean() ? Optional.empty() : Optional.of(Amount.of(random.nextInt(9_000))));
  }

  private static ChangeAccount change(World world, RandomGenerator random, UUID id) {
    List<ChangeAccount.Change> changes = List.of(new ChangeAccount.Freeze(), new ChangeAccount.Unfreeze(),
        new ChangeAccount.Rest(), new ChangeAccount.Reactivate(), new ChangeAccount.Close(),
        new ChangeAccount.SetOverdraftLimit(Amount.of(random.nextInt(9_000))));
    return new ChangeAccount(id, world.anyAccount(world.anyAsset(random), random),
        changes.get(random.nextInt(changes.size())));
  }

  private static PlaceHold hold(World world, RandomGenerator random, UUID id) {
    Asset asset = world.anyAsset(random);
    return new PlaceHold(id, world.anyAccount(asset, random), world.anyMoney(asset, random),
        random.nextBoolean() ? Optional.empty() : Optional.of(world.anyAccount(asset, random)),
        random.nextBoolean() ? Optional.empty() : Optional.of(World.NOW.plusSeconds(random.nextInt(1, 9_000))),
        world.anyText(random));
  }

  private static UUID anyHold(World world, RandomGenerator random) {
    return holdOf(world.anyAccount(world.anyAsset(random), random));
  }

  private static CaptureHold capture(World world, RandomGenerator random, UUID id) {
    Asset asset = world.anyAsset(random);
    return new CaptureHold(id, holdOf(world.anyAccount(asset, random)),
        random.nextBoolean() ? Optional.empty() : Optional.of(world.anyMoney(asset, random)),
        Optional.of(world.anyAccount(asset, random)), random.nextBoolean(), world.anyText(random), anyDate(random));
  }

  private static LinkedInstructions linked(World world, RandomGenerator random, UUID id) {
    PlaceHold hold = hold(world, random, UuidV7.derived(id, "hold"));
    List<Instruction> parts = new ArrayList<>();
    parts.add(PostTransfers.of(order(world, random, id)));
    parts.add(hold);
    parts.add(new CaptureHold(UuidV7.derived(id, "capture"), hold.id(), Optional.empty(),
        Optional.of(world.anyAccount(hold.amount().asset(), random)), random.nextBoolean(), world.anyText(random),
        anyDate(random)));
    parts.add(new ReleaseHold(UuidV7.derived(id, "release"), anyHold(world, random)));
    parts.add(new ReverseTransfer(UuidV7.derived(id, "reversal"), UuidV7.derived(id, "transfer " + random.nextInt(9)),
        world.anyText(random), anyDate(random)));
    return new LinkedInstructions(parts.subList(0, 1 + random.nextInt(parts.size())));
  }

  private static Source source(World world, RandomGenerator random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(4);
    if (kind == 0) {
      return new Source.FromAccount(world.anyAccount(EUR, random),
          random.nextBoolean() ? Overdraft.NONE : Overdraft.AS_GRANTED);
    }
    if (kind == 1) {
      return new Source.AtMost(Amount.of(random.nextInt(1, 90_000)), source(world, random, depth - 1));
    }
    return kind == 2
        ? new Source.InOrder(List.of(source(world, random, depth - 1), source(world, random, depth - 1)))
        : new Source.InShares(List.of(
            new Share<>(Optional.of(Portion.of(random.nextInt(1, 9), 9)), source(world, random, depth - 1)),
            new Share<>(Optional.empty(), source(world, random, depth - 1))));
  }

  private static Destination destination(World world, RandomGenerator random, int depth) {
    int kind = depth == 0 ? random.nextInt(2) : 1 + random.nextInt(3);
    if (kind < 2) {
      return kind == 0 ? new Destination.Kept() : new Destination.ToAccount(world.anyAccount(EUR, random));
    }
    Destination first = destination(world, random, depth - 1);
    Destination second = destination(world, random, depth - 1);
    return kind == 2
        ? new Destination.InOrder(
            List.of(new Destination.AtMost(Amount.of(random.nextInt(1, 9_000)), first), second))
        : new Destination.InShares(List.of(
            new Share<>(Optional.of(Portion.of(random.nextInt(1, 9), 9)), first),
            new Share<>(Optional.empty(), second)));
  }

  private static Allocate allocation(World world, RandomGenerator random, UUID id) {
    return new Allocate(id, random.nextInt(20) == 0 ? USD : EUR, Optional.of(world.anyMoney(EUR, random).amount()),
        source(world, random, 3), destination(world, random, 3), world.anyText(random), anyDate(random));
  }

  private static Sweep sweep(World world, RandomGenerator random, UUID id) {
    Asset asset = world.anyAsset(random);
    Amount target = Amount.of(random.nextInt(90_000));
    return new Sweep(id, world.anyAccount(asset, random), world.anyAccount(asset, random),
        random.nextBoolean() ? new Sweep.DownTo(target) : new Sweep.UpTo(target), world.anyText(random),
        anyDate(random));
  }

  private static ConvertCurrency conversion(World world, RandomGenerator random, UUID id) {
    Asset sold = world.anyAsset(random);
    Asset bought = ASSETS.get((ASSETS.indexOf(sold) + random.nextInt(3)) % 3);
    Fixed fixed = random.nextBoolean() ? Fixed.SELL : Fixed.BUY;
    AccountNumber sell = world.anyAccount(sold, random);
    return new ConvertCurrency(id, sell, world.anyAccount(bought, random), fixed,
        world.anyMoney(fixed == Fixed.SELL ? sold : bought, random),
        new ExchangeRate(new BigDecimal(random.nextInt(1, 1_000_000)).movePointLeft(4)),
        random.nextBoolean() ? Optional.empty() : Optional.of(Portion.of(random.nextInt(1, 99), 100)),
        Rounding.values()[random.nextInt(4)], world.anyText(random), anyDate(random));
  }
}
