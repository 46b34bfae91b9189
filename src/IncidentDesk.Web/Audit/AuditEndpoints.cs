using System.Security.Claims;
using IncidentDesk.Audit;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Audit;

/// <summary>The audit trail over HTTP, for administrators.</summary>
public static class AuditEndpoints
{
    /// <param name="At">UTC.</param>
    /// <param name="ActorId">Null for the operator, the desk itself and strangers.</param>
    public sealed record EventAnswer(long Id, DateTime At, Guid? ActorId, string Actor, string Kind, string? SubjectId, string Subject, string? Before, string? After, string? Address)
    {
        public static EventAnswer Of(AuditEvent e) => new(e.Id, e.At, e.ActorId, e.ActorName, e.Kind.ToString(), e.SubjectId, e.Subject, e.Before, e.After, e.Address);
    }

    /// <param name="HasOlder">Ask again with <c>before</c>, the last id.</param>
    public sealed record AuditAnswer(IReadOnlyList<EventAnswer> Events, bool HasOlder);

    /// <param name="From">ISO 8601; UTC where no offset is given.</param>
    /// <param name="To">As above, exclusive.</param>
    /// <param name="Before">Only older lines than this id.</param>
    public sealed record Asked(string? Q, string? Kind, string? Person, string? From, string? To, long? Before)
    {
        /// <summary>A program is told what could not be read.</summary>
        public Result<ReadAudit.Query> ToQuery(int take = ReadAudit.MaxPage)
        {
            var kind = Labels.ParseOrNull<AuditKind>(Kind);
            if (Kind is not null && kind is null) return new Invalid("kind", "Word.Unknown", Kind);
            if (Person is not null && !Guid.TryParse(Person, out _)) return new Invalid("person", "Person.NotFound");
            foreach (var (name, time) in new[] { ("from", From), ("to", To) })
            {
                if (time is not null && AuditFilter.Time(time) is null) return new Invalid(name, "Time.Unreadable", time);
            }
            return new ReadAudit.Query(Q ?? "", kind, Person is null ? null : Guid.Parse(Person), AuditFilter.Time(From), AuditFilter.Time(To), Before, take);
        }
    }

    public static void MapAudit(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/audit").WithTags("Audit");
        api.MapGet("", ListAsync).WithSummary("Lines of the audit trail, newest first (administrators).").ForAdministrators();
        api.MapGet("/export", ExportAsync).WithSummary("The same as csv or json, at most 100,000 lines; the file says when it was cut (administrators).").LeavesRecord().ForAdministrators();
    }

    private static async Task<Results<Ok<AuditAnswer>, ProblemHttpResult>> ListAsync([AsParameters] Asked asked, ReadAudit read, Say say, ClaimsPrincipal user, CancellationToken ct, int take = ReadAudit.MaxPage)
    {
        if (!asked.ToQuery(take).TryGet(out var query, out var error)) return error.ToProblem(say);
        return (await read.HandleAsync(query, user.ToActor(), ct)).TryGet(out var page, out error)
            ? TypedResults.Ok(new AuditAnswer([.. page.Events.Select(EventAnswer.Of)], page.HasOlder))
            : error.ToProblem(say);
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync([AsParameters] Asked asked, ExportAudit export, TimeProvider time, Say say, ClaimsPrincipal user, CancellationToken ct, string format = "csv")
    {
        if (!Labels.TryParse<AuditFormat>(format, out var which)) return new Invalid("format", "Word.Unknown", format).ToProblem(say);
        if (!asked.ToQuery().TryGet(out var query, out var error)) return error.ToProblem(say);
        return (await export.HandleAsync(query, which, user.ToActor(), ct)).TryGet(out var file, out error)
            ? TypedResults.Stream(stream => file.WriteAsync(stream, ct), which == AuditFormat.Csv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8", $"audit-{time.UtcNow():yyyyMMdd-HHmm}.{which.ToString().ToLowerInvariant()}")
            : error.ToProblem(say);
    }
}
