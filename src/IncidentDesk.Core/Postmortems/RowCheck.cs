using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Looks at all that is about to be added, for what comes from outside has passed no form: nothing too long, no time without its zone, no word that is not one, no character that cannot be kept.</summary>
internal static class RowCheck
{
    /// <returns>Null when all is well.</returns>
    public static Error? FirstWrong(DeskContext db)
    {
        foreach (var row in db.ChangeTracker.Entries().Where(e => e.State == EntityState.Added))
        {
            foreach (var property in row.Properties)
            {
                var isWrong = property.CurrentValue switch
                {
                    string text => !IsSound(text, property.Metadata.GetMaxLength() ?? int.MaxValue),
                    IEnumerable<string> texts => texts.Any(t => t is null || !IsSound(t, int.MaxValue)),
                    DateTime at => at.Kind != DateTimeKind.Utc,
                    Enum word => !Enum.IsDefined(word.GetType(), word),
                    double number => !double.IsFinite(number),
                    _ => false,
                };
                if (isWrong) return new Invalid("Content", "Document.Inconsistent", $"{row.Metadata.ClrType.Name}.{property.Metadata.Name}");
            }
        }
        return null;
    }

    private static bool IsSound(string text, int maxLength) => text.Length <= maxLength && (text.Length == 0 || TextRules.OptionalLines("", text, int.MaxValue).Succeeded);
}
