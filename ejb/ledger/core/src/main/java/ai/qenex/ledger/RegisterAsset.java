package ai.qenex.ledger;

import ai.qenex.kernel.Asset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets the bank keep accounts in one more asset, for good: neither its code nor its scale ever changes.
 *
 * <p>
 * Refusals: {@link Clause#ASSET_TAKEN}, {@link Clause#TOO_MANY_ASSETS}.
 */
public record RegisterAsset(UUID id, Asset asset) implements Instruction {

  /** The most assets a bank has. */
  public static final int MAX_ASSETS = 10_000;

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  @Override
  public long fingerprint(int index) {
    return new Fingerprint("register-asset").add(asset.code()).add(asset.scale()).hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    Optional<Asset> known = view.asset(asset.code());
    var figures = new LinkedHashMap<String, String>();
    if (known.isPresent()) {
      figures.put("asset", asset.code());
      figures.put("scale", Integer.toString(known.get().scale()));
      return new Decision.Reject(0, new Refusal(Clause.ASSET_TAKEN, figures));
    }
    if (view.assetCount() >= MAX_ASSETS) {
      figures.put("limit", Integer.toString(MAX_ASSETS));
      return new Decision.Reject(0, new Refusal(Clause.TOO_MANY_ASSETS, figures));
    }
    return new Decision.Accept(List.of(new Effect.AssetRegistration(asset)));
  }
}
