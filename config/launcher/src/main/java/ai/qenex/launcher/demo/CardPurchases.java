package ai.qenex.launcher.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Small payments by card, drawn from {@code cards/merchants.csv} with a fixed seed: the same recipe always gives the
 * same purchases.
 *
 * @param cards aliases of the accounts that carry a card
 * @param batch purchases in one request
 * @param lanes requests under way at a time
 */
record CardPurchases(int count, long seed, int batch, int lanes, List<String> cards, List<Merchant> merchants) {

  CardPurchases {
    cards = List.copyOf(cards);
    merchants = List.copyOf(merchants);
  }

  /** Where cards are used; amounts in minor units of EUR. */
  record Merchant(String alias, String name, long lowestCents, long highestCents, int weight) {}

  /** One purchase; {@code number} counts from 0 and names it within the day. */
  record Purchase(int number, String card, Merchant merchant, long cents) {

    String amount() {
      return BigDecimal.valueOf(cents, 2).toPlainString();
    }
  }

  static CardPurchases read() {
    Properties recipe = DemoFiles.properties("cards/recipe.properties");
    List<String> cards = Stream.concat(Stream.of(recipe.getProperty("cards").split("\\s*,\\s*")),
        SalaryFile.read().employees().stream().filter(SalaryFile.Employee::isWithUs).map(SalaryFile.Employee::alias))
        .toList();
    return new CardPurchases(Integer.parseInt(recipe.getProperty("purchases")),
        Long.parseLong(recipe.getProperty("seed")),
        Integer.parseInt(recipe.getProperty("batch")), Integer.parseInt(recipe.getProperty("lanes")), cards,
        DemoFiles.table("cards/merchants.csv").stream().map(CardPurchases::merchant).toList());
  }

  private static Merchant merchant(Map<String, String> row) {
    return new Merchant(row.get("alias"), row.get("name"), cents(row.get("lowest")), cents(row.get("highest")),
        Integer.parseInt(row.get("weight")));
  }

  private static long cents(String amount) {
    return new BigDecimal(amount).movePointRight(2).longValueExact();
  }

  /**
   * The purchases of a day, dealt into lanes. A card's purchases stay in one lane and in their order, so what is
   * refused for lack of cover does not depend on which lane is faster.
   */
  List<List<Purchase>> dealt(long day) {
    RandomGenerator random = new SplittableRandom(seed + day);
    List<List<Purchase>> dealt =
        Stream.generate(() -> (List<Purchase>) new ArrayList<Purchase>()).limit(lanes).toList();
    for (int number = 0; number < count; number++) {
      int card = random.nextInt(cards.size());
      Merchant merchant = visited(random);
      dealt.get(card % lanes).add(new Purchase(number, cards.get(card), merchant, price(merchant, random)));
    }
    return dealt;
  }

  private Merchant visited(RandomGenerator random) {
    int ticket = random.nextInt(merchants.stream().mapToInt(Merchant::weight).sum());
    for (Merchant merchant : merchants) {
      ticket -= merchant.weight();
      if (ticket < 0) {
        return merchant;
      }
    }
    throw new IllegalStateException("a ticket is below the sum of the weights");
  }

  /** The lowest of three draws: small amounts are the usual ones. */
  private static long price(Merchant merchant, RandomGenerator random) {
    long bound = merchant.highestCents() + 1;
    return Math.min(random.nextLong(merchant.lowestCents(), bound),
        Math.min(random.nextLong(merchant.lowestCents(), bound), random.nextLong(merchant.lowestCents(), bound)));
  }
}
