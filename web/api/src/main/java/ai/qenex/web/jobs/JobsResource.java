package ai.qenex.web.jobs;

import static ai.qenex.security.Operation.JOB;

import ai.qenex.batch.JobExecution;
import ai.qenex.batch.Jobs;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonBodyReader;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Jakarta Batch by REST. */
@Path("/api/v1/jobs")
@RequestScoped
@Tag(name = "jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class JobsResource {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern EXECUTION = Pattern.compile("[1-9][0-9]{0,17}");
  private static final int MAX_PARAMETER = 200;

  @EJB private Jobs jobs;

  @POST
  @Path("/{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Start a job")
  @RequestBodySchema(Object.class)
  @APIResponseSchema(value = ExecutionView.class, responseCode = "202")
  @Sensitive(JOB)
  public Response start(@PathParam("name") String name, InputStream body) throws IOException {
    Map<String, String> parameters = JsonBodyReader.readTexts(body);
    parameters.forEach((parameter, value) -> {
      Values.text("/" + parameter, parameter, MAX_PARAMETER);
      if (value == null) {
        throw Values.invalid("/" + parameter, "missing, or of the wrong type");
      }
      Values.text("/" + parameter, value, MAX_PARAMETER);
    });
    return accepted(jobs.start(existingJob(name), parameters));
  }

  @GET
  @Path("/{name}/executions")
  @Operation(summary = "The executions of a job, newest first")
  public ExecutionView.ExecutionList list(@PathParam("name") String name, @QueryParam("limit") String limit) {
    return new ExecutionView.ExecutionList(
        jobs.list(existingJob(name), Values.pageLimit(limit)).stream().map(ExecutionView::of).toList());
  }

  @GET
  @Path("/executions/{id}")
  @Operation(summary = "How far an execution is, in items and percent")
  public ExecutionView find(@PathParam("id") String id) {
    return jobs.find(existingExecution(id)).map(ExecutionView::of).orElseThrow(JobsResource::noExecution);
  }

  @POST
  @Path("/executions/{id}/stop")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Ask an execution to stop at its next safe point")
  @APIResponseSchema(value = ExecutionView.class, responseCode = "202")
  @Sensitive(JOB)
  public Response stop(@PathParam("id") String id) {
    return accepted(jobs.stop(existingExecution(id)));
  }

  @POST
  @Path("/executions/{id}/restart")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Go on where a failed or stopped execution left off, in a new execution")
  @APIResponseSchema(value = ExecutionView.class, responseCode = "202")
  @Sensitive(JOB)
  public Response restart(@PathParam("id") String id) {
    return accepted(jobs.restart(existingExecution(id)));
  }

  private static Response accepted(JobExecution execution) {
    return Response.accepted(ExecutionView.of(execution))
        .location(URI.create("/api/v1/jobs/executions/" + execution.id())).build();
  }

  private static String existingJob(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ProblemException(Problem.notFound("JOB_NOT_FOUND", "there is no such job"));
    }
    return name;
  }

  private static long existingExecution(String id) {
    if (!EXECUTION.matcher(id).matches()) {
      throw noExecution();
    }
    return Long.parseLong(id);
  }

  private static ProblemException noExecution() {
    return new ProblemException(Problem.notFound("EXECUTION_NOT_FOUND", "no execution has that id"));
  }
}
