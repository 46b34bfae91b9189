using IncidentDesk.Attachments;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Postmortems;

/// <summary>What the authors decided about an entry of the log. An entry without one is in the timeline when it is a key event, as far as its own visibility goes.</summary>
public sealed class ChosenEntry
{
    public const int MaxWordingLength = 8_000;

    public Guid PostmortemId { get; init; }
    public Postmortem? Postmortem { get; init; }

    /// <summary>Of its first revision.</summary>
    public long Sequence { get; init; }

    /// <summary>It stands in the document's timeline.</summary>
    public bool IsInTimeline { get; set; }

    /// <summary>Null for that of the entry itself.</summary>
    public Visibility? Visibility { get; set; }

    /// <summary>Markdown that stands in place of the entry's text; empty for the entry's own.</summary>
    public string Wording { get; set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<ChosenEntry>
    {
        public void Configure(EntityTypeBuilder<ChosenEntry> b)
        {
            b.ToTable("ChosenEntries");
            b.HasKey(e => new { e.PostmortemId, e.Sequence });
            b.Property(e => e.Wording).HasMaxLength(MaxWordingLength);
            b.HasOne(e => e.Postmortem).WithMany().HasForeignKey(e => e.PostmortemId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>What the authors decided about a file of the incident. A file without one is internal.</summary>
public sealed class ChosenFile
{
    public const int MaxCaptionLength = 300;

    public Guid PostmortemId { get; init; }
    public Postmortem? Postmortem { get; init; }
    public Guid AttachmentId { get; init; }
    public Visibility Visibility { get; set; }

    /// <summary>What is to be seen in it, for those who read the document and for those who do not see.</summary>
    public string Caption { get; set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<ChosenFile>
    {
        public void Configure(EntityTypeBuilder<ChosenFile> b)
        {
            b.ToTable("ChosenFiles");
            b.HasKey(f => new { f.PostmortemId, f.AttachmentId });
            b.Property(f => f.Caption).HasMaxLength(MaxCaptionLength);
            b.HasOne(f => f.Postmortem).WithMany().HasForeignKey(f => f.PostmortemId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Attachment>().WithMany().HasForeignKey(f => f.AttachmentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
