using System.Security.Claims;
using IncidentDesk.Assets;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDesk.Web.Assets;

/// <summary>The inventory over HTTP.</summary>
public static class InventoryEndpoints
{
    /// <param name="Id">Made by the client, so that a repeated request adds once; may be left out.</param>
    /// <param name="Kind">Of a new one: Uplink, Server, Service, MemberSite.</param>
    /// <param name="Version">Of the one that is changed.</param>
    /// <param name="Member">Name or id.</param>
    /// <param name="SitsOn">Names or ids.</param>
    public sealed record AssetRequest(
        Guid? Id, int? Version, string? Kind, string? Name, string? Service, string? Member, string? Notes, bool IsInvented, bool IsRetired,
        IReadOnlyList<string>? SitsOn, IReadOnlyList<string>? Aliases, IReadOnlyList<string>? HostNames, IReadOnlyList<string>? Addresses);

    /// <param name="MayBeNamed">It agreed to be named outside of the house; of a change, as it stands when left out.</param>
    public sealed record MemberRequest(Guid? Id, int? Version, string? Name, IReadOnlyList<string>? Aliases, string? Notes, bool IsInvented, bool IsRetired, bool? MayBeNamed = null);

    public sealed record AssetsAnswer(IReadOnlyList<AssetAnswer> Assets, int Total);

    public sealed record MembersAnswer(IReadOnlyList<MemberAnswer> Members, int Total);

    /// <param name="Act">Added, Changed, Unchanged.</param>
    public sealed record LineAnswer(int Line, string Kind, string Name, string Act, IReadOnlyList<string> Fields);

    public sealed record ProblemAnswer(int Line, string Code, string Message);

    public sealed record ImportAnswer(bool Applied, int Added, int Changed, int Unchanged, IReadOnlyList<LineAnswer> Lines, IReadOnlyList<ProblemAnswer> Problems);

    public static void MapInventory(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("").WithTags("Inventory");
        api.MapGet("/assets", ListAsync).WithSummary("Assets by kind, member and text.");
        api.MapPost("/assets", AddAsync).WithSummary("Add an asset.");
        api.MapGet("/assets/find", FindAsync).WithSummary("The assets that a pasted line or an alert speaks of.");
        api.MapGet("/assets/{asset}", ReadAsync).WithSummary("One asset, by name or id.");
        api.MapPatch("/assets/{asset}", ChangeAsync).WithSummary("Write an asset anew; all its fields are given. A stale version is a conflict.");
        api.MapGet("/assets/{asset}/behind", BehindAsync).WithSummary("All that sits on or behind an asset, over all levels.");
        api.MapGet("/members", MembersAsync).WithSummary("Members by text.");
        api.MapPost("/members", AddMemberAsync).WithSummary("Add a member.");
        api.MapPatch("/members/{member}", ChangeMemberAsync).WithSummary("Write a member anew; all its fields are given. A stale version is a conflict.");
        api.MapPost("/inventory/import", ImportAsync).Accepts<string>("text/csv", "application/json").WithMetadata(new RequestRoomAttribute(Import.ImportForms.MaxRequestBytes)).WithSummary("Import members and assets: all of it or nothing; the same file twice changes nothing.");
        api.MapGet("/inventory/export", ExportAsync).WithSummary("The whole inventory as csv or json.");
    }

    private static async Task<Results<Ok<AssetsAnswer>, ProblemHttpResult>> ListAsync(
        ReadInventory read, Say say, ClaimsPrincipal user, CancellationToken ct, string? text = null, string? kind = null, string? member = null, bool retired = false, int skip = 0, int take = ReadInventory.MaxPage)
    {
        var which = Labels.ParseOrNull<AssetKind>(kind);
        if (kind is not null && which is null) return new Invalid("kind", "Word.Unknown", kind).ToProblem(say);
        if (!(await MemberIdAsync(member, read, user.ToActor(), ct)).TryGet(out var memberId, out var error)) return error.ToProblem(say);
        return (await read.HandleAsync(new(text ?? "", which, memberId, retired, skip, take), user.ToActor(), ct)).TryGet(out var page, out error)
            ? TypedResults.Ok(new AssetsAnswer([.. page.Assets.Select(AssetAnswer.Of)], page.Total))
            : error.ToProblem(say);
    }

    private static async Task<Results<Created<AssetAnswer>, ProblemHttpResult>> AddAsync(AssetRequest request, ChangeInventory change, ReadInventory read, FindAssets find, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Labels.TryParse<AssetKind>(request.Kind, out var kind)) return new Invalid("kind", "Word.Unknown", request.Kind ?? "").ToProblem(say);
        if (!(await CommandAsync(request, request.Id ?? Guid.CreateVersion7(), 0, kind, read, find, user.ToActor(), ct)).TryGet(out var command, out var error)) return error.ToProblem(say);
        if (!(await change.SaveAsync(command, user.ToActor(), ct)).TryGet(out var asset, out error)) return error.ToProblem(say);
        return (await find.ByNameAsync(asset.Name, user.ToActor(), ct)).TryGet(out asset, out error) ? TypedResults.Created($"/api/v1/assets/{Uri.EscapeDataString(asset.Name)}", AssetAnswer.Of(asset)) : error.ToProblem(say);
    }

    private static async Task<Results<Ok<AssetAnswer>, ProblemHttpResult>> ChangeAsync(string asset, AssetRequest request, ChangeInventory change, ReadInventory read, FindAssets find, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        if (!(await find.ByNameAsync(asset, user.ToActor(), ct)).TryGet(out var found, out var error)) return error.ToProblem(say);
        if (!(await CommandAsync(request, found.Id, version, found.Kind, read, find, user.ToActor(), ct)).TryGet(out var command, out error)) return error.ToProblem(say);
        if (!(await change.SaveAsync(command, user.ToActor(), ct)).TryGet(out found, out error)) return error.ToProblem(say);
        return (await find.ByNameAsync(found.Name, user.ToActor(), ct)).TryGet(out found, out error) ? TypedResults.Ok(AssetAnswer.Of(found)) : error.ToProblem(say);
    }

    private static async Task<Results<Ok<AssetAnswer>, ProblemHttpResult>> ReadAsync(string asset, FindAssets find, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await find.ByNameAsync(asset, user.ToActor(), ct)).TryGet(out var found, out var error) ? TypedResults.Ok(AssetAnswer.Of(found)) : error.ToProblem(say);

    private static async Task<Results<Ok<AssetsAnswer>, ProblemHttpResult>> FindAsync(FindAssets find, Say say, ClaimsPrincipal user, CancellationToken ct, string text = "") =>
        Answer(await find.InTextAsync(text, user.ToActor(), ct), say);

    private static async Task<Results<Ok<AssetsAnswer>, ProblemHttpResult>> BehindAsync(string asset, FindAssets find, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await find.ByNameAsync(asset, user.ToActor(), ct)).TryGet(out var found, out var error) ? Answer(await find.BehindAsync(found.Id, user.ToActor(), ct), say) : error.ToProblem(say);

    private static async Task<Results<Ok<MembersAnswer>, ProblemHttpResult>> MembersAsync(ReadInventory read, Say say, ClaimsPrincipal user, CancellationToken ct, string? text = null, bool retired = false, int skip = 0, int take = ReadInventory.MaxPage) =>
        (await read.MembersAsync(text ?? "", retired, skip, take, user.ToActor(), ct)).TryGet(out var page, out var error)
            ? TypedResults.Ok(new MembersAnswer([.. page.Members.Select(m => MemberAnswer.Of(m.Member, m.Sites))], page.Total))
            : error.ToProblem(say);

    private static async Task<Results<Created<MemberAnswer>, ProblemHttpResult>> AddMemberAsync(MemberRequest request, ChangeInventory change, Say say, ClaimsPrincipal user, CancellationToken ct) =>
        (await change.SaveAsync(new ChangeInventory.MemberCommand(request.Id ?? Guid.CreateVersion7(), 0, request.Name ?? "", request.Aliases, request.Notes ?? "", request.IsInvented, request.IsRetired, request.MayBeNamed ?? false), user.ToActor(), ct)).TryGet(out var member, out var error)
            ? TypedResults.Created($"/api/v1/members/{member.Id}", MemberAnswer.Of(member, null))
            : error.ToProblem(say);

    private static async Task<Results<Ok<MemberAnswer>, ProblemHttpResult>> ChangeMemberAsync(string member, MemberRequest request, ChangeInventory change, ReadInventory read, Say say, ClaimsPrincipal user, CancellationToken ct)
    {
        if (request.Version is not { } version) return new Invalid("version", "Incident.VersionMissing").ToProblem(say);
        if (!(await read.MemberAsync(member, user.ToActor(), ct)).TryGet(out var found, out var error)) return error.ToProblem(say);
        return (await change.SaveAsync(new ChangeInventory.MemberCommand(found.Id, version, request.Name ?? "", request.Aliases, request.Notes ?? "", request.IsInvented, request.IsRetired, request.MayBeNamed ?? found.MayBeNamed), user.ToActor(), ct)).TryGet(out found, out error)
            ? TypedResults.Ok(MemberAnswer.Of(found, null))
            : error.ToProblem(say);
    }

    private static async Task<Results<Ok<ImportAnswer>, UnprocessableEntity<ImportAnswer>, ProblemHttpResult>> ImportAsync(HttpRequest request, ImportInventory import, Say say, ClaimsPrincipal user, CancellationToken ct, bool dryRun = false)
    {
        InventoryFormat? format = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() switch
        {
            "text/csv" => InventoryFormat.Csv,
            "application/json" => InventoryFormat.Json,
            _ => null,
        };
        if (format is null) return new Invalid(null, "Inventory.TypeUnknown", request.ContentType ?? "").ToProblem(say);
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, ct);
        if (!(await import.HandleAsync(new(content.ToArray(), format.Value, dryRun), user.ToActor(), ct)).TryGet(out var outcome, out var error)) return error.ToProblem(say);
        var answer = new ImportAnswer(
            outcome.Applied, outcome.Count(InventoryAct.Added), outcome.Count(InventoryAct.Changed), outcome.Count(InventoryAct.Unchanged),
            [.. outcome.Lines.Select(l => new LineAnswer(l.Line, l.Kind, l.Name, l.Act.ToString(), l.Fields))], [.. outcome.Problems.Select(p => new ProblemAnswer(p.Line, p.Code, say.Error(p)))]);
        return outcome.Problems.Count > 0 && !dryRun ? TypedResults.UnprocessableEntity(answer) : TypedResults.Ok(answer);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(ReadInventory read, TimeProvider time, Say say, ClaimsPrincipal user, CancellationToken ct, string format = "csv")
    {
        if (!Labels.TryParse<InventoryFormat>(format, out var which)) return new Invalid("format", "Word.Unknown", format).ToProblem(say);
        return (await read.ExportAsync(which, user.ToActor(), ct)).TryGet(out var file, out var error)
            ? TypedResults.File(file, which == InventoryFormat.Csv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8", $"inventory-{time.UtcNow():yyyyMMdd-HHmm}.{which.ToString().ToLowerInvariant()}")
            : error.ToProblem(say);
    }

    private static Results<Ok<AssetsAnswer>, ProblemHttpResult> Answer(Result<IReadOnlyList<Asset>> result, Say say) =>
        result.TryGet(out var assets, out var error) ? TypedResults.Ok(new AssetsAnswer([.. assets.Select(AssetAnswer.Of)], assets.Count)) : error.ToProblem(say);

    private static async Task<Result<Guid?>> MemberIdAsync(string? member, ReadInventory read, Actor actor, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(member) ? (Guid?)null : (await read.MemberAsync(member, actor, ct)).TryGet(out var found, out var error) ? (Guid?)found.Id : error;

    private static async Task<Result<ChangeInventory.AssetCommand>> CommandAsync(AssetRequest r, Guid id, int version, AssetKind kind, ReadInventory read, FindAssets find, Actor actor, CancellationToken ct)
    {
        if (!(await MemberIdAsync(r.Member, read, actor, ct)).TryGet(out var memberId, out var error)) return error;
        var parents = new List<Guid>();
        foreach (var name in r.SitsOn ?? [])
        {
            if (!(await find.ByNameAsync(name, actor, ct)).TryGet(out var parent, out error)) return error;
            parents.Add(parent.Id);
        }
        return new ChangeInventory.AssetCommand(id, version, kind, r.Name ?? "", r.Service ?? "", memberId, r.Notes ?? "", r.IsInvented, r.IsRetired, parents, r.Aliases, r.HostNames, r.Addresses);
    }
}

/// <summary>An asset in the API.</summary>
/// <param name="SitsOn">Names, where they were read with it.</param>
public sealed record AssetAnswer(
    Guid Id, string Kind, string Name, string Service, string? Member, string Notes, bool IsInvented, DateTime? RetiredAt,
    IReadOnlyList<string> SitsOn, IReadOnlyList<string> Aliases, IReadOnlyList<string> HostNames, IReadOnlyList<string> Addresses, int Version)
{
    public static AssetAnswer Of(Asset a) => new(
        a.Id, a.Kind.Label(), a.Name, a.Service, a.Member?.Name, a.Notes, a.IsInvented, a.RetiredAt, [.. a.SitsOn.Where(l => l.On is not null).Select(l => l.On!.Name)],
        Names(a, AssetNameKind.Alias), Names(a, AssetNameKind.HostName), Names(a, AssetNameKind.Address), a.Version);

    private static IReadOnlyList<string> Names(Asset a, AssetNameKind kind) => [.. a.Names.Where(n => n.Kind == kind).Select(n => n.Text)];
}

/// <summary>A member in the API.</summary>
/// <param name="MayBeNamed">It agreed to be named outside of the house.</param>
/// <param name="Sites">How many are in use; null where they were not counted.</param>
public sealed record MemberAnswer(Guid Id, string Name, IReadOnlyList<string> Aliases, string Notes, bool MayBeNamed, bool IsInvented, DateTime? RetiredAt, int? Sites, int Version)
{
    public static MemberAnswer Of(Member m, int? sites) => new(m.Id, m.Name, m.Aliases, m.Notes, m.MayBeNamed, m.IsInvented, m.RetiredAt, sites, m.Version);
}
