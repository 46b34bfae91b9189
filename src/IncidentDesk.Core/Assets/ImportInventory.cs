using IncidentDesk.Data;
using IncidentDesk.Import;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Assets;

/// <summary>Brings members and assets in from a file: all of it or nothing; the same file twice changes nothing. What the file does not name stays as it is.</summary>
public sealed class ImportInventory(DeskDatabase database, IncidentFeed feed, TimeProvider time)
{
    public sealed record Command(byte[] Content, InventoryFormat Format, bool DryRun);

    /// <param name="Lines">What becomes of each line that can be read.</param>
    /// <param name="Problems">Everything that is wrong; one is enough to refuse the file.</param>
    public sealed record Outcome(bool Applied, IReadOnlyList<InventoryPlanLine> Lines, IReadOnlyList<ImportProblem> Problems)
    {
        public int Count(InventoryAct act) => Lines.Count(l => l.Act == act);
    }

    public async Task<Result<Outcome>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var person, out var error)) return error;
        if (!person.Role.MayRespond()) return new Forbidden("Inventory.MayNotChange");

        var problems = new ProblemList();
        var rows = InventoryFile.Read(command.Content, command.Format, problems);
        // A file that cannot be read as a whole has nothing to be compared.
        if (rows.Count == 0) return new Outcome(Applied: false, [], problems.All);

        List<InventoryPlanLine> lines;
        await using (var transaction = await database.BeginWriteAsync(db, ct))
        {
            await database.LockInventoryAsync(db, ct);
            var members = await db.Members.ToListAsync(ct);
            var assets = await db.Assets.AsSplitQuery().Include(a => a.Names).Include(a => a.SitsOn).ToListAsync(ct);
            var plan = new InventoryPlan(members, assets, problems, time.UtcNow());
            lines = plan.Lay(rows);
            if (problems.All.Count > 0 || command.DryRun) return new Outcome(Applied: false, lines, problems.All);

            db.Members.AddRange(plan.NewMembers);
            db.Assets.AddRange(plan.NewAssets);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync();
        }
        if (lines.Exists(l => l.Act != InventoryAct.Unchanged)) feed.Publish(ChangeInventory.FeedId, time.UtcNow().Ticks);
        return new Outcome(Applied: true, lines, []);
    }
}
