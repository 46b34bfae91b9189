using IncidentDesk.Incidents;
using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.History;

/// <summary>How far somebody has read an incident: what came later is what changed since they left.</summary>
public sealed class IncidentVisit
{
    public Guid PersonId { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }

    /// <summary>Of the newest row of the log that was there when they left.</summary>
    public long Sequence { get; set; }

    /// <summary>UTC, when they left.</summary>
    public DateTime LeftAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<IncidentVisit>
    {
        public void Configure(EntityTypeBuilder<IncidentVisit> b)
        {
            b.ToTable("IncidentVisits");
            b.HasKey(v => new { v.PersonId, v.IncidentId });
            b.HasOne(v => v.Incident).WithMany().HasForeignKey(v => v.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Person>().WithMany().HasForeignKey(v => v.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
