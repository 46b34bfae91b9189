using IncidentDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Assets;

/// <summary>What sits on or behind what.</summary>
internal static class AssetGraph
{
    /// <summary>The ids of all that sits on or behind an asset, over all levels, each once; the asset itself and retired ones left out.</summary>
    /// <remarks>What sits on a retired asset is still behind it: only the retired one itself is left out.</remarks>
    public static async Task<IReadOnlyList<Guid>> BehindAsync(DeskContext db, Guid assetId, CancellationToken ct) => await db.Database.SqlQuery<Guid>(
        $"""
        WITH RECURSIVE behind("Id") AS (
            SELECT "AssetId" FROM "AssetLinks" WHERE "OnId" = {assetId}
            UNION
            SELECT l."AssetId" FROM "AssetLinks" l JOIN behind b ON l."OnId" = b."Id")
        SELECT a."Id" AS "Value" FROM "Assets" a JOIN behind b ON a."Id" = b."Id" WHERE a."RetiredAt" IS NULL AND a."Id" <> {assetId}
        """).ToListAsync(ct);

    /// <summary>True when <paramref name="assetId"/> is <paramref name="onId"/> or lies below it already, so that a link would close a circle.</summary>
    public static async Task<bool> WouldCloseCircleAsync(DeskContext db, Guid assetId, Guid onId, CancellationToken ct) => assetId == onId || (await db.Database.SqlQuery<Guid>(
        $"""
        WITH RECURSIVE behind("Id") AS (
            SELECT "AssetId" FROM "AssetLinks" WHERE "OnId" = {assetId}
            UNION
            SELECT l."AssetId" FROM "AssetLinks" l JOIN behind b ON l."OnId" = b."Id")
        SELECT "Id" AS "Value" FROM behind WHERE "Id" = {onId}
        """).ToListAsync(ct)).Count > 0;
}
