using System.Security.Claims;
using IncidentDesk.Assets;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Incidents;

/// <summary>What the palette (Ctrl+K) finds: incidents that the person may see, assets, and places to go.</summary>
public static class FindEndpoint
{
    private const int Incidents = 8;
    private const int Assets = 5;

    public sealed record Hit(string Kind, string Title, string Hint, string Url);

    public static void MapFind(this IEndpointRouteBuilder api) => api.MapGet("/find", FindAsync).ExcludeFromDescription();

    private static async Task<IReadOnlyList<Hit>> FindAsync(FindIncidents find, FindAssets assets, Say say, ClaimsPrincipal user, CancellationToken ct, string? q = null)
    {
        var text = (q ?? "").Trim();
        var found = await find.HandleAsync(new IncidentQuestion(text, Take: Incidents), user.ToActor(), ct);
        if (!found.TryGet(out var page, out _)) return [];
        var incidents = page.Incidents.Select(i => new Hit("incident", i.Title, $"{i.Key} · {say.Word(i.Status)} · {i.Severity.Label()}", Links.Incident(i.Key)));
        IReadOnlyList<Asset> named = [];
        if (text.Length > 1 && (await assets.SuggestAsync(text, Assets, user.ToActor(), ct)).TryGet(out var suggested, out _)) named = suggested;
        var hits = named.Select(a => new Hit("asset", a.Name, $"{(a.Service.Length > 0 ? a.Service : say.Word(a.Kind))}{(a.Member is { } member ? " · " + member.Name : "")}", Links.Asset(a.Name)));
        var commands = Commands(say, user).Where(c => Folding.Fold(c.Title).Contains(Folding.Fold(text), StringComparison.Ordinal));
        return [.. incidents, .. hits, .. commands];
    }

    private static IEnumerable<Hit> Commands(Say say, ClaimsPrincipal user)
    {
        yield return new Hit("command", say["Declare.Title"], say["Palette.Command"], Links.Declare);
        yield return new Hit("command", say["Incidents.Title"], say["Palette.GoTo"], Links.Incidents);
        yield return new Hit("command", say["Mitigations.Title"], say["Palette.GoTo"], Links.Mitigations);
        yield return new Hit("command", say["Checklists.Title"], say["Palette.GoTo"], Links.Checklists);
        yield return new Hit("command", say["Inventory.Title"], say["Palette.GoTo"], Links.Inventory);
        yield return new Hit("command", say["Account.Title"], say["Palette.GoTo"], Links.Account);
        yield return new Hit("command", say["Access.Title"], say["Palette.GoTo"], Links.Access);
        if (!user.IsInRole("Administrator")) yield break;
        yield return new Hit("command", say["People.Title"], say["Palette.GoTo"], Links.People);
        yield return new Hit("command", say["Audit.Title"], say["Palette.GoTo"], Links.Audit);
    }
}
