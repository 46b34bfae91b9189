namespace IncidentDesk.Web.Hosting.Keys;

/// <summary>Says at the start what the framework would say at somebody's sign-in: that the stored keys cannot be read.</summary>
internal sealed partial class KeyCheck(DatabaseKeys stored, ILogger<KeyCheck> logger, IServiceProvider services)
{
    /// <summary>As below, and says in the log when they lie open.</summary>
    /// <exception cref="OptionsException">The key file is missing or another one.</exception>
    public void CheckAtStart()
    {
        Check();
        if (services.GetService<KeyFile>() is null) NotEncrypted();
    }

    /// <exception cref="OptionsException">The key file is missing or another one.</exception>
    public void Check()
    {
        var file = services.GetService<KeyFile>();
        var encrypted = stored.GetAllElements().SelectMany(e => e.Descendants(KeyDecryptor.Element)).ToList();
        if (encrypted.Count > 0 && file is null) throw new OptionsException(["The keys in the database are encrypted with a key file. Set Desk:KeyFile to it."]);
        if (encrypted.Any(e => KeyDecryptor.Decrypt(e, file) is null)) throw new OptionsException(["Desk:KeyFile does not fit the keys in the database: they are encrypted with another file, or were changed."]);
    }

    [LoggerMessage(LogLevel.Warning, "Desk:KeyFile is not set: whoever can read the database, or a backup of it, has the secrets of all authenticators and gets past the passwords before them.")]
    private partial void NotEncrypted();
}
