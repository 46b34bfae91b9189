using System.Globalization;
using System.Security.Claims;
using System.Text;
using IncidentDesk.Attacks;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Attacks;

/// <summary>The adaptation board over HTTP: as data, and as a picture to keep.</summary>
public static class BoardEndpoints
{
    public static void MapBoard(this IEndpointRouteBuilder api)
    {
        var board = api.MapGroup("/incidents/{key}").WithTags("Board");
        board.MapGet("/board", ReadAsync).WithSummary("What they did, what we did and what worked, with the figures.");
        board.MapGet("/board.svg", DrawAsync).WithSummary("The board as an SVG file that needs nothing else. zone: utc, incident, mine; theme: light, dark; lang: en, es; lanes: all.");
    }

    private static async Task<Results<Ok<BoardAnswer>, ProblemHttpResult>> ReadAsync(string key, ReadBoard read, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await read.HandleAsync(key, user.ToActor(), ct)).TryGet(out var facts, out var error) ? TypedResults.Ok(BoardAnswer.Of(key, facts.Board(read.Now))) : error.ToProblem(say);

    private static async Task<IResult> DrawAsync(
        string key, ReadBoard read, BoardFile file, Say say, HttpContext http, CancellationToken ct, string? from = null, string? to = null, string? theme = null, string? lang = null, string? zone = null, string? lanes = null)
    {
        if (theme is not null && !BoardFile.Themes.Contains(theme, StringComparer.Ordinal)) return new Invalid("theme", "Word.Unknown", theme).ToProblem(say);
        if (lang is not null && !Languages.All.Contains(lang, StringComparer.Ordinal)) return new Invalid("lang", "Word.Unknown", lang).ToProblem(say);
        var choice = Labels.ParseOrNull<ZoneChoice>(zone ?? "utc");
        if (choice is null) return new Invalid("zone", "Word.Unknown", zone!).ToProblem(say);
        var range = BoardUrl.Read(from, to);
        if (range is null && (from ?? to) is { } unreadable) return new Invalid("from", "Time.Unreadable", unreadable).ToProblem(say);
        if (!(await read.HandleAsync(key, http.User.ToActor(), ct)).TryGet(out var facts, out var error)) return error.ToProblem(say);

        if (lang is not null) CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(lang);
        var its = choice switch { ZoneChoice.Incident => TimeZoneInfo.FindSystemTimeZoneById(facts.Incident.TimeZone), ZoneChoice.Mine => http.User.Zone(), _ => TimeZoneInfo.Utc };
        var svg = await file.DrawAsync(http.RequestServices, facts, read.Now, range, its, theme ?? "light", lanes == "all");
        http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyOfFiles;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(Encoding.UTF8.GetBytes(svg), "image/svg+xml; charset=utf-8", $"{facts.Incident.Key}-board.svg");
    }
}
