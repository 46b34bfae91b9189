using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Postmortems;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Tests.Hosting;

namespace IncidentDesk.Web.Tests.Postmortems;

/// <summary>Postmortems put straight into the database.</summary>
internal static class Documents
{
    public static async Task<Guid> PostmortemAsync(this Somebody who, string key, params (string Title, string Body, Visibility Visibility)[] sections)
    {
        var incident = (await who.Desk.Get<FindIncidents>().ByKeyAsync(key, who.Actor, default)).Value;
        var id = Guid.CreateVersion7();
        await using var db = await who.Desk.Get<DeskDatabase>().OpenAsync(default);
        db.Postmortems.Add(new Postmortem { Id = id, IncidentId = incident.Id, Title = incident.Title, Language = "en", CreatedAt = DateTime.UtcNow, CreatedById = who.Id, CreatedByName = who.Name });
        db.PostmortemSections.AddRange(sections.Select((s, n) => new PostmortemSection { Id = Guid.CreateVersion7(), PostmortemId = id, Position = n, TitleEn = s.Title, TitleEs = s.Title, Visibility = s.Visibility, Body = s.Body, EditedAt = DateTime.UtcNow, EditedById = who.Id, EditedByName = who.Name }));
        await db.SaveChangesAsync();
        return id;
    }

    public static async Task ChooseAsync(this Somebody who, params object[] choices)
    {
        await using var db = await who.Desk.Get<DeskDatabase>().OpenAsync(default);
        db.AddRange(choices);
        await db.SaveChangesAsync();
    }
}
