using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Checklists;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Assets;
using IncidentDesk.Web.Attacks;
using IncidentDesk.Web.Checklists;
using IncidentDesk.Web.FollowUps;
using IncidentDesk.Web.Impacts;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.Mitigations;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Postmortems;
using IncidentDesk.Web.Timeline;

namespace IncidentDesk.Web.Hosting;

/// <summary>What all endpoints of the HTTP API share.</summary>
public static class Api
{
    public static IServiceCollection AddDeskApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        // What cannot be read is answered in one place, in the reader's words, whatever the environment.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
            options.SerializerOptions.Converters.Add(new UtcConverter());
        });
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "IncidentDesk";
            document.Info.Description = "Bearer tokens or the session's cookie. Errors are problem details (RFC 9457) with a stable code.";
            return Task.CompletedTask;
        }));
        return services;
    }

    /// <summary>Whether the request is a program's: it gets problem details and status codes instead of pages and redirects.</summary>
    public static bool IsFor(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);

    /// <summary>A page says for whom it was opened (<c>Desk-Person</c>): nothing is written in the name of somebody who signed in later in the same browser.</summary>
    public static void RefuseAnotherPersonsPage(this RouteGroupBuilder api) => api.AddEndpointFilter((context, next) =>
    {
        var http = context.HttpContext;
        return http.Request.Headers["Desk-Person"] is [{ } person] && person != http.User.ToActor().PersonId.ToString()
            ? ValueTask.FromResult<object?>(TypedResults.Problem(http.RequestServices.GetRequiredService<Texts.Say>()["Error.Person.Another"], statusCode: StatusCodes.Status401Unauthorized))
            : next(context);
    });

    /// <summary>What a conflict shows of the present state.</summary>
    internal static object Current(object current) => current switch
    {
        Incident incident => IncidentAnswer.Of(incident),
        TimelineEntry entry => EntryAnswer.Of(entry),
        Impact impact => ImpactAnswer.Of(impact),
        Mitigation mitigation => MitigationAnswer.Of(mitigation),
        AttackWave wave => WaveAnswer.Of(wave),
        MitigationTemplate template => TemplateAnswer.Of(template),
        Checklist checklist => ChecklistAnswer.Of(checklist),
        FollowUp followUp => FollowUpAnswer.Of(followUp, DateTime.UtcNow),
        Postmortem postmortem => ReviewAnswer.Of(postmortem),
        Asset asset => AssetAnswer.Of(asset),
        Member member => MemberAnswer.Of(member, null),
        _ => current,
    };

    /// <summary>Instants are written as UTC with a Z.</summary>
    private sealed class UtcConverter : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset().UtcDateTime;

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
    }
}

/// <summary>A time in the API: an instant with its zone, and how well it is known.</summary>
/// <param name="At">ISO 8601 with <c>Z</c> or an offset; null for <c>order-only</c>.</param>
/// <param name="Precision">exact (when left out), about, hour, day, before, after, order-only.</param>
public sealed record TimeInput(string? At, string? Precision)
{
    public Result<OccurrenceTime> Read(string field)
    {
        var precision = Shared.Precision.Exact;
        if (Precision is not null && !Labels.TryParse(Precision, out precision)) return new Invalid(field, "Time.PrecisionUnknown", Precision);
        if (string.IsNullOrWhiteSpace(At)) return precision == Shared.Precision.OrderOnly ? OccurrenceTime.OrderOnly : new Invalid(field, "Time.Missing");
        // Without a zone or a date it would be anybody's guess.
        var hasZone = At.EndsWith('Z') || At.EndsWith('z') || (At.Length > 6 && At[^6] is '+' or '-' && At[^3] == ':');
        var hasDate = At.Length > 10 && At[4] == '-' && At[7] == '-' && At[10] is 'T' or 't' or ' ';
        return hasZone && hasDate && DateTimeOffset.TryParse(At, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            // A day is the day that was written; no zone moves it.
            ? new OccurrenceTime(precision == Shared.Precision.Day ? DateTime.SpecifyKind(at.Date, DateTimeKind.Utc) : at.UtcDateTime, precision)
            : new Invalid(field, "Time.Unreadable", At);
    }
}

/// <summary>A time in an answer of the API.</summary>
/// <param name="At">UTC; null for <c>order-only</c>.</param>
public sealed record TimeAnswer(DateTime? At, string Precision)
{
    public static TimeAnswer? Of(OccurrenceTime? time) => time is null ? null : new TimeAnswer(time.At, time.Precision.Label());
}
