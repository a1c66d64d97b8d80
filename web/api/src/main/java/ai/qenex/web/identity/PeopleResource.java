package ai.qenex.web.identity;

import static ai.qenex.security.Operation.RIGHTS_CHANGE;

import ai.qenex.security.Factors;
import ai.qenex.security.Identities;
import ai.qenex.security.Identities.Person;
import ai.qenex.security.Roles;
import ai.qenex.security.StepUpCaller;
import ai.qenex.web.approval.RightsGate;
import ai.qenex.web.approval.Sensitive;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The people that the embedded issuer knows. */
@Path("/api/v1/people")
@RequestScoped
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMINISTRATOR)
public class PeopleResource {

  @EJB private Identities identities;
  @EJB private Factors factors;
  @Inject private RightsGate rights;

  /** @param password to be changed at the first login */
  public record NewPerson(String name, List<String> roles, Optional<Map<String, String>> attributes, String password) {

    /** Never the password. */
    @Override
    public String toString() {
      return "NewPerson";
    }
  }

  /** What is absent stays as it is. */
  public record Change(Optional<List<String>> roles, Optional<Map<String, String>> attributes,
      Optional<Boolean> enabled) {}

  /** @param password to be changed at the next login */
  public record NewPassword(String password) {

    /** Never the password. */
    @Override
    public String toString() {
      return "NewPassword";
    }
  }

  /** All of them, by name; the first thousand. */
  public record People(List<Person> items) {}

  @GET
  @Operation(summary = "The people that the embedded issuer knows")
  public People list() {
    return new People(identities.people());
  }

  @GET
  @Path("/{name}")
  @Operation(summary = "A person")
  public Person find(@PathParam("name") String name) {
    return identities.person(name).orElseThrow(IdentityProblems::notFound);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Make a person, with a password that is changed at the first login")
  public Response add(NewPerson request, @Context SecurityContext who) {
    var person = new Person(request.name(), request.roles(), request.attributes().orElse(Map.of()), true);
    rights.requireNoApprover(person.roles());
    IdentityProblems.raise(identities.addPerson(name(who), person, request.password()));
    return Response.created(URI.create("/api/v1/people/" + person.name())).entity(person).build();
  }

  @POST
  @Path("/{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change a person's roles and attributes, or disable the person")
  @Sensitive(RIGHTS_CHANGE)
  public Person change(@PathParam("name") String name, Change change, @Context SecurityContext who) {
    Person before = find(name);
    var after = new Person(name, change.roles().orElse(before.roles()),
        change.attributes().orElse(before.attributes()), change.enabled().orElse(before.enabled()));
    IdentityProblems.raise(identities.changePerson(name(who), after));
    return after;
  }

  @POST
  @Path("/{name}/password")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Set another password, to be changed at the next login, and end a lock-out")
  public Response resetPassword(@PathParam("name") String name, NewPassword request, @Context SecurityContext who) {
    rights.requireNoApprover(find(name).roles());
    IdentityProblems.raise(identities.resetPassword(name(who), name, request.password()));
    return Response.noContent().build();
  }

  @POST
  @Path("/{name}/factors/reset")
  @Operation(summary = "Take every factor of a person who lost them away")
  public Response resetFactors(@PathParam("name") String name, @Context SecurityContext who) {
    factors.reset(new StepUpCaller(name(who), false, Set.of(Roles.ADMINISTRATOR), ""), name);
    return Response.noContent().build();
  }

  private static String name(SecurityContext who) {
    return who.getUserPrincipal().getName();
  }
}
