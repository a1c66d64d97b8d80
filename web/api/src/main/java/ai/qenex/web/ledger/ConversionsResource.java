package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.CONVERSION;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.Rounding;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.ConversionQuote.Fixed;
import ai.qenex.ledger.ConvertCurrency;
import ai.qenex.ledger.ExchangeRate;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Portion;
import ai.qenex.ledger.ReservedAliases;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.ledger.ConversionRequest.Side;
import ai.qenex.web.ledger.ConversionView.Part;
import ai.qenex.web.stepup.StepUpGate;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Selling one asset to the bank for another. */
@Path("/api/v1/conversions")
@RequestScoped
@Tag(name = "transfers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR})
public class ConversionsResource {

  @EJB private Accounts accounts;
  @Inject private ConversionAccounts bank;
  @Inject private InstructionDesk desk;
  @Inject private StepUpGate stepUp;
  @Inject private KnownNames names;

  @POST
  @IntendsByItself
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Convert an amount that is sold or bought at a rate, all or nothing")
  @APIResponseSchema(value = ConversionView.class, responseCode = "201")
  @APIResponse(responseCode = "422", description = "A rule of the ledger refused it; code is the clause")
  @Sensitive(CONVERSION)
  public Response convert(ConversionRequest request, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext security) {
    UUID id = AuditedRequest.current().intend("conversion",
        IdempotencyKey.idOf(request.id(), key, security.getUserPrincipal().getName()));
    Account sell = account("/sell/account", request.sell(), security);
    Account buy = account("/buy/account", request.buy(), security);
    ConvertCurrency instruction = instruction(id, request, sell, buy);
    stepUp.passWhole(security, id, "conversion", instruction);
    bank.openMissing(List.of(sell.asset(), buy.asset()));
    return desk.post(instruction, legs -> viewOf(id, instruction, legs));
  }

  private Account account(String path, Side side, SecurityContext security) {
    return accounts.find(names.party(path, side.account(), security).number()).orElseThrow();
  }

  /** What is asked, between accounts that were found. */
  static ConvertCurrency instruction(UUID id, ConversionRequest request, Account sell, Account buy) {
    Fixed fixed = request.sell().amount().isPresent() ? Fixed.SELL : Fixed.BUY;
    if (request.sell().amount().isPresent() == request.buy().amount().isPresent()) {
      throw Values.invalid("/buy/amount", "one of the two sides has an amount, and the other has none");
    }
    Money amount = fixed == Fixed.SELL
        ? Values.positiveMoney("/sell/amount", request.sell().amount().get(), sell.asset())
        : Values.positiveMoney("/buy/amount", request.buy().amount().get(), buy.asset());
    ExchangeRate rate = Values.build("/rate", () -> ExchangeRate.parse(request.rate()));
    Optional<Portion> spread =
        request.spread().map(text -> Values.build("/spread", () -> Portion.parse(text)));
    Rounding rounding = request.rounding().map(text -> Rounding.ofCode(text)
        .orElseThrow(() -> Values.invalid("/rounding", "down, up, half-up or half-even")))
        .orElse(ConvertCurrency.againstTheCustomer(fixed));
    Optional<String> reference =
        request.reference().map(text -> Values.text("/reference", text, TransferOrder.MAX_REFERENCE));
    Optional<LocalDate> valueDate = request.valueDate().map(text -> Values.date("/valueDate", text));
    return Values.build("/spread", () -> new ConvertCurrency(id, sell.number(), buy.number(), fixed, amount, rate,
        spread, rounding, reference, valueDate));
  }

  private ConversionView viewOf(UUID id, ConvertCurrency asked, List<TransferPosted> legs) {
    Money sold = legs.get(0).amount();
    Money bought = legs.get(1).amount();
    Asset computed = asked.fixed() == Fixed.SELL ? bought.asset() : sold.asset();
    var margin = new Money(Amount.ZERO, computed);
    var residue = new Money(Amount.ZERO, computed);
    for (TransferPosted leg : legs.subList(2, legs.size())) {
      if (credits(leg, ReservedAliases.CONVERSION_INCOME)) {
        margin = leg.amount();
      } else {
        residue = credits(leg, ReservedAliases.ROUNDING) ? leg.amount() : leg.amount().negated();
      }
    }
    return new ConversionView(id, Part.of(sold), Part.of(bought), asked.rate().toString(), Part.of(margin),
        Part.of(residue), legs.stream().map(desk::viewOf).toList());
  }

  private boolean credits(TransferPosted leg, String prefix) {
    return accounts.find(leg.credit()).flatMap(Account::alias)
        .map(alias -> alias.startsWith(prefix)).orElse(false);
  }
}
