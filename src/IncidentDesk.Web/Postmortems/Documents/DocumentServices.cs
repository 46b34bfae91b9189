namespace IncidentDesk.Web.Postmortems.Documents;

public static class DocumentServices
{
    /// <summary>What makes files of documents.</summary>
    public static IServiceCollection AddDocuments(this IServiceCollection services) =>
        services.AddSingleton<DocumentFolder>().AddHostedService(s => s.GetRequiredService<DocumentFolder>()).AddSingleton<Chromium>().AddSingleton<MakeDocument>();
}
