package ai.qenex.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.launcher.demo.CardPurchases.Purchase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CardPurchasesTest {

  private final CardPurchases purchases = CardPurchases.read();

  @Test
  void drawsAsManyAsTheRecipeSays() {
    assertEquals(20_000, purchases.dealt(1).stream().mapToInt(List::size).sum());
  }

  @Test
  void theSameDayAlwaysDrawsTheSame() {
    assertEquals(purchases.dealt(1), purchases.dealt(1));
    assertNotEquals(purchases.dealt(1), purchases.dealt(2));
  }

  @Test
  void oneCardStaysInOneLaneInItsOrder() {
    Map<String, Integer> laneOfCard = new HashMap<>();
    List<List<Purchase>> lanes = purchases.dealt(1);
    for (int lane = 0; lane < lanes.size(); lane++) {
      int last = -1;
      for (Purchase purchase : lanes.get(lane)) {
        laneOfCard.putIfAbsent(purchase.card(), lane);
        assertEquals(lane, laneOfCard.get(purchase.card()), purchase.card());
        assertTrue(purchase.number() > last);
        last = purchase.number();
      }
    }
  }

  @Test
  void amountsLieBetweenTheMerchantsLowestAndHighest() {
    for (List<Purchase> lane : purchases.dealt(1)) {
      for (Purchase purchase : lane) {
        assertTrue(purchase.cents() >= purchase.merchant().lowestCents(), purchase.toString());
        assertTrue(purchase.cents() <= purchase.merchant().highestCents(), purchase.toString());
      }
    }
  }
}
