import {
  ACTIVITY,
  activityStatus,
  andName,
  byAction,
  cartCount,
  FILE,
  ifPerson,
  ORDER,
  person,
  withName,
} from './parts.ts'
import type { StarterWords } from './starter-words.ts'

const YOUR_ORDER = `${withName('votre', 'Votre')} commande ${ORDER}`

/**
 * The reader is `vous`. A colon has an unbreakable blank before it (U+00A0); `?` and `!` have a narrow one (U+202F).
 */
export const FRENCH: StarterWords = {
  buttons: {
    order: 'Voir ma commande',
    track: 'Suivre mon colis',
    pay: 'Payer maintenant',
    pickup: 'Détails du retrait',
    cart: 'Retrouver mon panier',
    message: 'Ouvrir le message',
    activity: 'Ouvrir la tâche',
    file: 'Ouvrir le fichier',
  },
  labels: {
    total: 'Total\u00a0:',
    payment: 'Paiement\u00a0:',
    refund: 'Remboursement\u00a0:',
    expected: 'Livraison prévue\u00a0:',
    carrier: 'Transporteur\u00a0:',
    trackingNumber: 'Numéro de suivi\u00a0:',
    questions: 'Une question\u202f?',
    discountCode: 'Votre code\u00a0:',
    readAt: 'Lu\u00a0:',
    changedBy: 'Mise à jour par',
    dueAt: 'Échéance\u00a0:',
    folder: 'Dossier\u00a0:',
  },
  orders: {
    '': `Commande ${ORDER}\u00a0: {{ order.status | order_status }}`,
    pending_payment: `${YOUR_ORDER} est en attente de paiement`,
    paid: `Nous avons bien reçu votre paiement pour la commande ${ORDER}`,
    processing: `${withName('nous', 'Nous')} préparons votre commande ${ORDER}`,
    shipped: `${YOUR_ORDER} est en route\u202f!`,
    out_for_delivery: `${YOUR_ORDER} est en cours de livraison`,
    ready_for_pickup: `${YOUR_ORDER} est prête à être retirée`,
    delivery_failed: `${YOUR_ORDER} n’a pas pu être livrée`,
    delivered: `${YOUR_ORDER} a été livrée`,
    cancelled: `${YOUR_ORDER} a été annulée`,
    refunded: `Nous avons remboursé votre commande ${ORDER}`,
    partially_refunded: `Nous avons remboursé une partie de votre commande ${ORDER}`,
    returned: `Nous avons bien reçu le retour de votre commande ${ORDER}`,
  },
  sentences: {
    pending_payment: 'Nous nous en occupons dès réception de votre paiement.',
    paid: `${andName('Merci')}\u202f! Nous nous occupons du reste.`,
    delivered: 'Nous espérons qu’elle vous plaira\u202f!',
    refunded: 'Le montant peut mettre quelques jours à apparaître sur votre compte.',
  },
  others: {
    'cart.abandoned': `${withName('votre', 'Votre')} panier vous attend`,
    'message.created': ifPerson('sender', `${person('sender')} vous a écrit`, 'Vous avez un nouveau message'),
    'message.read': ifPerson(
      'recipient',
      `${person('recipient')} a lu votre message`,
      'Votre message a été lu',
    ),
    'activity.status_changed': `Tâche ${ACTIVITY}\u00a0: ${activityStatus('à faire', 'en cours', 'terminée')}`,
    'activity.acknowledged': `${ifPerson('assignee', `${person('assignee')} a pris connaissance de votre tâche`, 'Votre tâche a bien été notée')}\u00a0: ${ACTIVITY}`,
    'activity.due': `${withName('n’oubliez', 'N’oubliez')} pas\u00a0: ${ACTIVITY}`,
    'file.uploaded': `${ifPerson('actor', `${person('actor')} a déposé`, 'Nouveau fichier\u00a0:')} ${FILE}`,
    'file.accessed': `${ifPerson('actor', `${person('actor')} a ${byAction('téléchargé', 'consulté')}`, `Fichier ${byAction('téléchargé', 'consulté')}\u00a0:`)} ${FILE}`,
  },
  cartInAll: `${cartCount('article', 'articles')} en tout`,
  noMoreReminders: 'Vous ne voulez plus de ces rappels\u202f? Utilisez /settings',
  colon: '\u00a0: ',
  clock: { before: ' à ', after: '' },
}
