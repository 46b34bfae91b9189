using Xunit;

namespace IncidentDesk.Web.Tests.Postmortems;

/// <summary>Runs where LibreOffice is installed, and is counted as skipped where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LibreOfficeFactAttribute : FactAttribute
{
    public static readonly string? Program = new[] { "/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice" }.FirstOrDefault(File.Exists);

    public LibreOfficeFactAttribute()
    {
        if (Program is null) Skip = "LibreOffice is not installed";
    }
}
