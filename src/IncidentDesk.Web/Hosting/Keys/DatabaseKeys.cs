using System.Xml.Linq;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Web.Hosting.Keys;

/// <summary>The keys of sessions and forms, in the database: all nodes have the same.</summary>
/// <remarks>The framework asks for them synchronously.</remarks>
internal sealed class DatabaseKeys(IDbContextFactory<DeskContext> contexts, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.CreateDbContext();
        return [.. db.DataProtectionKeys.AsNoTracking().OrderBy(k => k.CreatedAt).ThenBy(k => k.Id).Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = contexts.CreateDbContext();
        db.DataProtectionKeys.Add(new DataProtectionKey { Id = Guid.CreateVersion7(), Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting), CreatedAt = time.UtcNow() });
        db.SaveChanges();
    }

    /// <summary>What changes when another node or the operator adds a key or revokes one.</summary>
    public async Task<int> CountAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.DataProtectionKeys.CountAsync(ct);
    }
}
