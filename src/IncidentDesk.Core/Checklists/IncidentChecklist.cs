using IncidentDesk.Incidents;
using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Checklists;

/// <summary>A checklist attached to an incident, as its steps were then.</summary>
public sealed class IncidentChecklist
{
    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public Guid ChecklistId { get; init; }
    public required string TitleEn { get; init; }
    public required string TitleEs { get; init; }
    public string Source { get; init; } = "";
    public List<ChecklistStep> Steps { get; init; } = [];

    /// <summary>UTC.</summary>
    public DateTime AttachedAt { get; init; }
    public required string AttachedByName { get; init; }

    /// <summary>UTC; null while it is attached.</summary>
    public DateTime? DetachedAt { get; set; }
    public List<ChecklistTick> Ticks { get; init; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<IncidentChecklist>
    {
        public void Configure(EntityTypeBuilder<IncidentChecklist> b)
        {
            b.ToTable("IncidentChecklists");
            b.Property(c => c.TitleEn).HasMaxLength(Checklist.MaxTitleLength);
            b.Property(c => c.TitleEs).HasMaxLength(Checklist.MaxTitleLength);
            b.Property(c => c.Source).HasMaxLength(Checklist.MaxSourceLength);
            b.Property(c => c.AttachedByName).HasMaxLength(Person.MaxNameLength);
            b.Property(c => c.Steps).HasConversion(StepsJson.Converter, StepsJson.Comparer);
            b.HasIndex(c => new { c.IncidentId, c.ChecklistId }).IsUnique().HasFilter("\"DetachedAt\" IS NULL");
            b.HasOne(c => c.Incident).WithMany().HasForeignKey(c => c.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Checklist>().WithMany().HasForeignKey(c => c.ChecklistId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A step that is done. Undoing it removes the row; the timeline keeps both.</summary>
public sealed class ChecklistTick
{
    public Guid IncidentChecklistId { get; init; }

    /// <summary>Which step: 0, 1, 2, …</summary>
    public int Step { get; init; }

    /// <summary>UTC.</summary>
    public DateTime TickedAt { get; init; }
    public required string ByName { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ChecklistTick>
    {
        public void Configure(EntityTypeBuilder<ChecklistTick> b)
        {
            b.ToTable("ChecklistTicks");
            b.HasKey(t => new { t.IncidentChecklistId, t.Step });
            b.Property(t => t.ByName).HasMaxLength(Person.MaxNameLength);
            b.HasOne<IncidentChecklist>().WithMany(c => c.Ticks).HasForeignKey(t => t.IncidentChecklistId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
